"""manage.py reset_two_step"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import AccountEvent, User


class Command(BaseCommand):
    help = "Turns off two-step verification for someone who lost their device, and signs them out everywhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the e-mail address they sign in with")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"].strip()).first()
        if user is None:
            raise CommandError("No account has this e-mail address.")
        with transaction.atomic():
            count, _rows = Authenticator.objects.filter(user=user).delete()
            user.end_sessions()
            audit.record(AccountEvent.Action.MFA, person=user, details=_("removed by a command"))
        self.stdout.write(f"Removed {count} authenticators of {user}, recovery codes included.")
