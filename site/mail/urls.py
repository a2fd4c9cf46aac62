"""The one address of the mail app: where the provider reports bounces and complaints."""

from __future__ import annotations

from django.urls import path

from mail import webhooks

urlpatterns = [path("events/", webhooks.receive, name="mail_webhook")]
