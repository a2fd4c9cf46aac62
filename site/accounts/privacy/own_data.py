"""What accounts itself exports and erases for a person."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models.signals import pre_delete
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import AccountEvent, Affiliation, DeletionRequest, User
from accounts.privacy import registry
from mail import queue
from mail.models import QueuedEmail

LAST = 1000  # order: after every other room


def register() -> None:
    """Register exporter, eraser and receiver; called once, when the apps are ready."""
    registry.exporter("account")(export_account)
    registry.eraser(order=LAST)(erase_account)
    pre_delete.connect(on_user_pre_delete, sender=User)


def export_account(user: User) -> dict[str, object]:
    return {
        "e-mail": user.email,
        "name": user.name,
        "role": user.role,
        "organization": user.organisation,
        "picture": user.portrait_url,
        "joined": user.date_joined,
        "last sign-in": user.last_login,
        "e-mail addresses": list(
            EmailAddress.objects.filter(user=user).values("email", "verified", "primary")
        ),
        "connected accounts": list(
            SocialAccount.objects.filter(user=user).values("provider", "uid", "date_joined")
        ),
        "two-step verification": list(
            Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")
        ),
        "sessions": list(UserSession.objects.filter(user=user).values("created_at", "ip", "user_agent")),
        "verified organization": list(
            Affiliation.objects.filter(user=user).values(
                "organisation__name", "state", "method", "email", "expires_at"
            )
        ),
        "deletion requested": DeletionRequest.objects.filter(user=user)
        .values_list("requested_at", flat=True)
        .first(),
        "e-mails": emails_to(user),
        "events": list(AccountEvent.objects.for_person(user).values("at", "action", "details", "ip_address")),
    }


def emails_to(user: User) -> list[Any]:
    """Return what was sent to ``user`` without the texts: they contain codes and links."""
    emails = QueuedEmail.objects.filter(to__in=known_emails(user)).order_by("created_at", "pk")
    return list(emails.values("to", "subject", "created_at", "sent_at"))


def known_emails(user: User) -> list[str]:
    verified = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return list({user.email, *verified})


def erase_account(user: User) -> None:
    """Delete the account and everything that belongs to it; the log keeps only that one was deleted."""
    address, addresses = user.email, known_emails(user)
    user.is_erased = True
    user.delete()
    audit.record(AccountEvent.Action.DELETION, details=_("carried out"))
    for email in addresses:
        queue.delete_for_address(email)
    queue.enqueue(
        to=address,
        subject=_("Your account has been deleted"),
        text=_(
            "Your account and everything in it have been deleted. This is our last e-mail to this address."
        ),
    )


def on_user_pre_delete(sender: type[User], instance: User, **kwargs: object) -> None:
    """Erase the person however the account is deleted: by its owner, in the admin, or by a command."""
    if not instance.is_erased:
        registry.erase(instance, below=LAST)
        if context.request is not None:
            audit.record(AccountEvent.Action.DELETION, details=_("deleted in the admin"))
    instance.end_sessions()
    AccountEvent.objects.filter(person=instance).delete()
    portrait, storage = instance.portrait.name, instance.portrait.storage
    if portrait:
        transaction.on_commit(lambda: storage.delete(portrait), robust=True)
