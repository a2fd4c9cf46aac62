"""Accounts begun by somebody who never showed that the address is theirs.

Anybody can type anybody's address into a form. Such an account must neither
keep the owner of the address out nor let its maker in together with them.
"""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User


def never_arrived() -> QuerySet[User]:
    """Return the accounts their makers began themselves and never entered.

    People entered by an editor have no row of addresses until they first sign in.
    """
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(
        Exists(addresses), ~Exists(addresses.filter(verified=True)), last_login=None, is_staff=False
    )


def rightful_account(address: str) -> User | None:
    """Return the account that belongs to whoever holds ``address``.

    One that was never entered loses the password and the connections its maker
    gave it, so that nobody waits behind the door.
    """
    held = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related("user").first()
    if held:
        return held.user
    begun = User.objects.filter(email__iexact=address, last_login=None).first()
    if begun:
        drop_connections(begun)
    return begun


def drop_connections(user: User) -> None:
    """Take away the providers' accounts of somebody who never signed in with any of them."""
    if user.last_login is None:
        SocialAccount.objects.filter(user=user).delete()


def forget(*, after: timedelta = timedelta(days=3)) -> int:
    """Delete what was begun that long ago and never proven; return how many accounts that were."""
    stale = never_arrived().filter(date_joined__lt=timezone.now() - after)
    count = stale.count()
    stale.delete()
    return count
