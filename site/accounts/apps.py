"""Accounts: who is reading, and what the site knows about them."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from accounts import audit
        from accounts.privacy import own_data
        from accounts.signin import email_changes, failed_logins

        audit.connect()
        email_changes.connect()
        failed_logins.connect()
        own_data.register()
