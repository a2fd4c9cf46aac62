"""The one address of the mail room: where the provider tells of letters that came back."""

from __future__ import annotations

from django.urls import path

from mail import webhooks

urlpatterns = [path("events/", webhooks.receive, name="mail_events")]
