"""manage.py first_admin"""

from __future__ import annotations

from typing import Any

from allauth.account import app_settings
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User


class Command(BaseCommand):
    help = "Makes someone an administrator and prints a link to set a password and two-step verification."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the e-mail address they sign in with")
        parser.add_argument("--name", default="", help="the name shown to readers")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(
                f"{email!r} is not an e-mail address. Enter one like name@example.org."
            ) from None
        user = make_administrator(email, options["name"].strip())
        hours = settings.PASSWORD_RESET_TIMEOUT // 3600
        self.stdout.write(
            f"{user} is an administrator. Open this link to set a password and then two-step verification.\n"
            f"It works once and expires in {hours} hours:\n\n"
            f"  {password_link(user)}\n\n"
            "Send it through a private channel. To get a new link, run this command again."
        )


@transaction.atomic
def make_administrator(email: str, name: str) -> User:
    """Return the account with this e-mail address as an administrator, created if need be.

    The address counts as verified: whoever may run commands on the server is trusted with it.
    """
    user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email)
    user.name = name or user.name
    user.is_active = user.is_staff = user.is_superuser = True
    user.save(update_fields=["name", "is_active", "is_staff", "is_superuser"])
    address = EmailAddress.objects.filter(user=user, email__iexact=user.email).first()
    address = address or EmailAddress(user=user, email=user.email)
    address.verified = True
    address.save()
    address.set_as_primary()
    return user


def password_link(user: User) -> str:
    """Return the URL at which ``user`` sets a password; it works once, and not after a sign-in."""
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    kwargs = {"uidb36": user_pk_to_url_str(user), "key": key}
    query = urlencode({"next": reverse("mfa_index")})
    return f"{settings.BASE_URL}{reverse('account_reset_password_from_key', kwargs=kwargs)}?{query}"
