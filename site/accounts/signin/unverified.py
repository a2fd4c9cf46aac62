"""Accounts begun by somebody who never verified the e-mail address.

Anyone can type anyone's address into a form. Such an account must neither
keep the owner of the address out nor let its creator in together with them.
"""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User

MAX_AGE = timedelta(days=3)


def unverified_accounts() -> QuerySet[User]:
    """Return the accounts that people began themselves and never entered.

    People created in the admin have no EmailAddress until they first sign in.
    """
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(
        Exists(addresses), ~Exists(addresses.filter(verified=True)), last_login=None, is_staff=False
    )


def account_for_email(email: str) -> User | None:
    """Return the account that belongs to the owner of ``email``.

    One that was never entered loses the provider accounts that its creator
    connected, which would open it for them as well.
    """
    address = EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user").first()
    if address:
        return address.user
    user = User.objects.filter(email__iexact=email, last_login=None).first()
    if user:
        drop_connections(user)
    return user


def drop_connections(user: User) -> None:
    """Remove the provider accounts of somebody who never signed in with any of them."""
    if user.last_login is None:
        SocialAccount.objects.filter(user=user).delete()


def delete_stale() -> int:
    """Delete accounts that were not verified within MAX_AGE; return how many."""
    stale = unverified_accounts().filter(date_joined__lt=timezone.now() - MAX_AGE)
    count = stale.count()
    stale.delete()
    return count
