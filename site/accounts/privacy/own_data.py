"""What accounts itself holds about a person, and how it forgets them."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models.signals import pre_delete
from django.utils.translation import gettext as _

from accounts import audit
from accounts.deletion import service
from accounts.models import Leaving, Trace, User, Voice
from accounts.privacy import registry
from mail import queue
from mail.models import QueuedEmail

LAST = 1000  # after every other room has forgotten


def enter() -> None:
    """Enter them, once, when everything is ready."""
    registry.export_part("account")(account)
    registry.erasure_step(order=LAST)(forget)
    pre_delete.connect(before_deleting, sender=User)


def account(user: User) -> dict[str, object]:
    return {
        "e-mail": user.email,
        "name": user.name,
        "role": user.role,
        "organization": user.organisation,
        "portrait": user.portrait_url,
        "joined": user.date_joined,
        "last sign-in": user.last_login,
        "addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "connected accounts": list(
            SocialAccount.objects.filter(user=user).values("provider", "uid", "date_joined")
        ),
        "second factors": list(
            Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")
        ),
        "sessions": list(UserSession.objects.filter(user=user).values("created_at", "ip", "user_agent")),
        "confirmed organization": list(
            Voice.objects.filter(user=user).values("organisation__name", "state", "way", "address", "until")
        ),
        "asked to be deleted": Leaving.objects.filter(user=user).values_list("asked_at", flat=True).first(),
        "letters": letters_to(user),
        "events": list(Trace.objects.about(user).values("at", "deed", "details", "network_address")),
    }


def letters_to(user: User) -> list[dict[str, object]]:
    """Return what was written to ``user``, without the words: codes and links stand among them."""
    written = QueuedEmail.objects.filter(to__in=known_addresses(user)).order_by("created_at", "pk")
    return list(written.values("to", "subject", "created_at", "sent_at"))


def known_addresses(user: User) -> list[str]:
    mine = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return list({user.email, *mine})


def forget(user: User) -> None:
    """Delete the account with all that hangs on it; the log keeps only that somebody's was deleted."""
    address, addresses = user.email, known_addresses(user)
    user.rooms_have_forgotten = True
    user.delete()
    audit.write(Trace.Deed.LEAVING, details="carried out")
    for one in addresses:
        queue.delete_for_address(one)
    queue.enqueue(
        to=address,
        subject=_("Your account has been deleted"),
        text=_(
            "Your account and what belonged to it have been deleted. This is the last letter to this address."
        ),
    )


def before_deleting(sender: type[User], instance: User, **about: object) -> None:
    """Forget the person however the account is deleted: by its owner, at the desk, or on the server."""
    if not getattr(instance, "rooms_have_forgotten", False):
        registry.erase(instance, below=LAST)
        if context.request is not None:
            audit.write(Trace.Deed.LEAVING, details="deleted at the desk")
    service.end_sessions(instance)
    Trace.objects.filter(person=instance).delete()
    if instance.portrait:
        portrait, storage = instance.portrait.name, instance.portrait.storage
        transaction.on_commit(lambda: storage.delete(portrait))
