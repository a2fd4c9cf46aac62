"""Verifying that a person works where they say: by an e-mail address there, or by an editor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import AccountEvent, Affiliation, Organisation, User
from mail import queue
from public_forms import signed_links

SALT = "accounts.proving"
LINK_MAX_AGE = timedelta(days=1)
Action = AccountEvent.Action
Method = Affiliation.Method


@dataclass(frozen=True)
class EmailClaim:
    """What the link in a verification e-mail stands for."""

    organisation: Organisation
    email: str


def email_at(user: User, organisation: Organisation) -> str:
    """Return a verified address of ``user`` at ``organisation``, empty where there is none."""
    domains = set(organisation.domains.values_list("name", flat=True))
    addresses = EmailAddress.objects.filter(user=user, verified=True).order_by("-primary", "pk")
    emails = addresses.values_list("email", flat=True)
    return next((email for email in emails if email.rpartition("@")[2].lower() in domains), "")


@transaction.atomic
def request(user: User, organisation: Organisation) -> Method:
    """Request verification; return by which method it goes on.

    Even an address that was verified gets an e-mail: people change jobs, and
    the link shows that they still read it.
    """
    email = email_at(user, organisation)
    if not email:
        valid = Affiliation.objects.valid().filter(user=user, organisation=organisation).first()
        Affiliation.objects.update_or_create(
            user=user,
            defaults={
                "organisation": organisation,
                "state": Affiliation.State.REQUESTED,
                "changed_at": timezone.now(),
                "expires_at": valid.expires_at if valid else None,
            },
        )
        return Method.EDITOR
    fields = token_fields(user, EmailClaim(organisation, email))
    link = signed_links.signed_url("account_affiliation_confirm", fields, salt=SALT)
    context = {"organisation": organisation, "link": link}
    queue.enqueue(
        to=email,
        subject=_("Verify your organization"),
        text=render_to_string("account/email/affiliation_confirm.txt", context),
    )
    return Method.EMAIL


def token_fields(user: User, claim: EmailClaim) -> list[object]:
    """Return what a link's token is made of."""
    return [user.pk, claim.organisation.pk, claim.email, state_of(user)]


def state_of(user: User) -> str:
    """Return what changes when a link is used, so that each works once."""
    affiliation = Affiliation.objects.filter(user=user).first()
    return affiliation.changed_at.isoformat() if affiliation else ""


def from_token(token: str, user: User) -> EmailClaim | None:
    """Return what ``user`` may confirm by a link; None for somebody else's, a used or an expired one."""
    try:
        fields = signed_links.load_fields(token, 4, salt=SALT, max_age=LINK_MAX_AGE)
    except signed_links.LinkExpiredError:
        return None
    organisation = Organisation.objects.filter(pk=fields[1]).first() if fields else None
    if fields is None or organisation is None:
        return None
    claim = EmailClaim(organisation, email_at(user, organisation))
    return claim if fields == token_fields(user, claim) else None


@transaction.atomic
def confirm(user: User, claim: EmailClaim) -> Affiliation:
    """Verify the affiliation by the address that the claim names."""
    affiliation = Affiliation.objects.filter(user=user).first() or Affiliation(user=user)
    affiliation.organisation = claim.organisation
    affiliation.confirm_by_email(claim.email)
    audit.record(
        Action.AFFILIATION,
        person=user,
        details=_("verified by e-mail: %(organization)s") % {"organization": claim.organisation},
    )
    return affiliation


@transaction.atomic
def confirm_by_editor(affiliation: Affiliation, *, by: User) -> None:
    affiliation.confirm_by_editor(by=by)
    details = _("verified by an editor: %(organization)s") % {"organization": affiliation.organisation}
    audit.record(Action.AFFILIATION, person=affiliation.user, details=details)


@transaction.atomic
def withdraw(user: User) -> None:
    """End a verified or requested affiliation; the row stays, so that an old link cannot revive it."""
    affiliation = Affiliation.objects.filter(user=user).exclude(state=Affiliation.State.WITHDRAWN).first()
    if affiliation is not None:
        affiliation.withdraw()
        details = _("removed: %(organization)s") % {"organization": affiliation.organisation}
        audit.record(Action.AFFILIATION, person=user, details=details)


@transaction.atomic
def update_profile(user: User, *, name: str, role: str, organisation: str) -> None:
    """Save what a person says about themselves, and record where that ends a verified affiliation."""
    before = Affiliation.objects.valid().filter(user=user).first()
    user.update_profile(name=name, role=role, organisation=organisation)
    if before is not None and not before.is_valid:
        details = _("expired: %(organization)s") % {"organization": before.organisation}
        audit.record(Action.AFFILIATION, person=user, details=details)
