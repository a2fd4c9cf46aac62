"""Deleting an account: requested, canceled within the grace period, or carried out after it."""

from __future__ import annotations

import logging

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import AccountEvent, DeletionRequest, User
from accounts.models.deletion import GRACE_PERIOD
from accounts.privacy import registry
from mail import queue
from public_forms import signed_links

log = logging.getLogger(__name__)
SALT = "accounts.leaving.keep"


@transaction.atomic
def request(user: User) -> DeletionRequest:
    """Save the request and send an e-mail with the link that cancels it; a second request changes nothing."""
    deletion, is_new = DeletionRequest.objects.get_or_create(user=user)
    if is_new:
        audit.record(AccountEvent.Action.DELETION, person=user, details=_("requested"))
        context = {
            "deletion": deletion,
            "cancel_url": signed_links.signed_url(
                "account_delete_cancel_link", token_fields(deletion), salt=SALT
            ),
        }
        queue.enqueue(
            to=user.email,
            subject=_("Your account will be deleted"),
            text=render_to_string("account/email/deletion_requested.txt", context),
        )
    return deletion


def cancel(user: User) -> bool:
    """Cancel the request; return whether there was one."""
    deleted, _rows = DeletionRequest.objects.filter(user=user).delete()
    if deleted:
        audit.record(AccountEvent.Action.DELETION, person=user, details=_("canceled"))
    return bool(deleted)


def token_fields(deletion: DeletionRequest) -> list[object]:
    """Return what a link's token is made of; it cancels this request and no later one."""
    return [deletion.user_id, deletion.requested_at.isoformat()]


def from_token(token: str) -> DeletionRequest | None:
    """Return the request a token was made for; None once it is over, canceled, or for an invalid token."""
    try:
        fields = signed_links.load_fields(token, 2, salt=SALT, max_age=GRACE_PERIOD)
    except signed_links.LinkExpiredError:
        return None
    if fields is None:
        return None
    deletion = DeletionRequest.objects.select_related("user").filter(user_id=fields[0]).first()
    return deletion if deletion is not None and token_fields(deletion) == fields else None


def can_delete(user: User, *, now: bool = False) -> bool:
    """Return whether the site keeps an administrator without ``user``.

    An administrator who is waiting to be deleted counts only with ``now``,
    when the deletion is carried out.
    """
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if not now:
        others = others.filter(deletion_request=None)
    return not user.is_superuser or others.exists()


def delete_due() -> int:
    """Erase every account whose grace period is over; return how many.

    One that fails is logged, stays, and is tried again the next time.
    """
    count = 0
    for user_id in list(DeletionRequest.objects.due().values_list("user_id", flat=True)):
        try:
            count += _delete_one(user_id)
        except Exception:
            log.exception("Account %s could not be erased.", user_id)
    return count


@transaction.atomic
def _delete_one(user_id: int) -> bool:
    deletion = DeletionRequest.objects.select_for_update().due().filter(user_id=user_id).first()
    if deletion is None or not can_delete(deletion.user, now=True):
        return False
    registry.erase(deletion.user)
    return True
