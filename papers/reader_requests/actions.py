"""What happens to readers' requests: saved, announced, answered, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from papers.reader_requests import emails
from papers.reader_requests.copy_models import LINK_MAX_AGE, CopyRequest
from papers.reader_requests.format_models import FormatRequest
from public_forms import signed_links

if TYPE_CHECKING:
    from accounts.models import User
    from papers.editions.models import Edition
    from papers.reader_requests.forms import FormatRequestForm

SALT = "papers.copies"


def make_copy_token(copy_request: CopyRequest) -> str:
    return signed_links.sign(copy_request.pk, salt=SALT)


def read_copy_token(token: str) -> int | None:
    """Return the key of the request that a link is for; None for a forged link. Raises LinkExpiredError."""
    return signed_links.load_id(token, salt=SALT, max_age=LINK_MAX_AGE)


def request_copy(edition: Edition, *, name: str, email: str, purpose: str) -> CopyRequest:
    """Save a request and notify the staff; a second one while the first is open changes nothing."""
    with transaction.atomic():
        copy_request, created = CopyRequest.objects.open().get_or_create(
            edition=edition, email=email.lower(), defaults={"name": name, "purpose": purpose}
        )
        if created:
            emails.notify_copy_requested(copy_request)
    return copy_request


def resolve_copy_request(copy_request: CopyRequest, *, granted: bool, user: User | None) -> bool:
    """Grant or decline a request and e-mail the reader; return False if it was answered before."""
    state = CopyRequest.State.GRANTED if granted else CopyRequest.State.DECLINED
    with transaction.atomic():
        if not copy_request.resolve(state, user=user):
            return False
        link = signed_links.signed_url("granted_copy", copy_request.pk, salt=SALT)
        emails.notify_copy_resolved(copy_request, granted=granted, link=link)
    return True


def request_format(form: FormatRequestForm, edition: Edition) -> FormatRequest:
    """Save a valid form's request and send its e-mails; the same one sent twice is one request."""
    with transaction.atomic():
        fields = {name: form.cleaned_data[name] for name in ("name", "email", "need")}
        existing = FormatRequest.objects.open().filter(edition=edition, **fields).first()
        if existing is not None:
            return existing
        form.instance.edition = edition
        format_request = form.save()
        emails.notify_format_requested(format_request)
    return format_request


def resolve_format_request(format_request: FormatRequest, answer: str, *, user: User) -> bool:
    """Save the answer, e-mail it and log it; return False if somebody else has answered before."""
    with transaction.atomic():
        if not format_request.resolve(answer, user=user):
            return False
        emails.notify_format_answered(format_request)
        format_request.edition.log_action(
            "papers.request.answer", user=user, reference=format_request.reference
        )
    return True


def delete_old() -> int:
    """Delete requests answered long ago, for a format or a copy; return how many. Safe to repeat."""
    expired = [model.objects.expired(timezone.now()) for model in (FormatRequest, CopyRequest)]
    return sum(queryset.delete()[0] for queryset in expired)
