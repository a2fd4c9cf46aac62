"""The mail app: listens to the events that the mail provider reports, and checks addresses."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    name = "mail"
    verbose_name = _("E-mail")

    def ready(self) -> None:
        from anymail.signals import tracking

        from mail import international, webhooks

        tracking.connect(webhooks.on_tracking_event, dispatch_uid="mail.events")
        international.install()
