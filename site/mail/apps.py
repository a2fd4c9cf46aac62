"""The mail room, which listens to what its provider tells."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "mail"
    verbose_name = _("Mail")

    def ready(self) -> None:
        from anymail.signals import tracking

        from mail import webhooks

        tracking.connect(webhooks.heed, dispatch_uid="mail.events")
