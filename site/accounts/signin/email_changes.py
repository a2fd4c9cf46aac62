"""What follows when the address of an account changes in any other way than by its owner's own list.

allauth signs people in, and resets passwords, by the addresses in its own
table. An administrator's change, or a command's, writes ``User.email`` alone;
without this, whoever reads the old mailbox would keep the account.
"""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_save, pre_save
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import AccountEvent, User
from mail import queue


def on_pre_save(sender: type[Model], instance: User, update_fields: Any = None, **kwargs: Any) -> None:
    """Remember the address that is still in the database, where it is about to change."""
    is_written = update_fields is None or "email" in update_fields
    if instance.pk is None or not is_written or kwargs.get("raw"):
        return
    before = User.objects.filter(pk=instance.pk).values_list("email", flat=True).first()
    if before is not None and before.lower() != instance.email.lower():
        vars(instance)["email_before"] = before


def on_post_save(sender: type[Model], instance: User, **kwargs: Any) -> None:
    before = vars(instance).pop("email_before", None)
    if before is not None and not is_own_choice(instance):
        replace_addresses(instance, before)


def is_own_choice(user: User) -> bool:
    """Say whether the account's owner verified the new address and made it the primary one; the others stay.

    allauth marks it so before it writes ``User.email``; no other change does.
    """
    own = EmailAddress.objects.filter(user=user, email__iexact=user.email)
    return own.filter(verified=True, primary=True).exists()


@transaction.atomic
def replace_addresses(user: User, before: str) -> None:
    """Leave the account only its new address, unverified; end its sessions, record it, tell both."""
    EmailAddress.objects.filter(user=user).delete()
    if user.email:
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    user.end_sessions()
    audit.record(AccountEvent.Action.EMAILS, person=user, details="replaced")
    for address in filter(None, (before, user.email)):
        context = {"is_former": address == before}
        queue.enqueue(
            to=address,
            subject=_("Your e-mail address was changed"),
            text=render_to_string("account/email/address_replaced.txt", context),
        )


def connect() -> None:
    """Connect the receivers; called once, when the apps are ready."""
    pre_save.connect(on_pre_save, sender=User)
    post_save.connect(on_post_save, sender=User)
