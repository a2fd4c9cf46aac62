"""E-mails to people whose verified affiliation is about to expire."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Affiliation
from mail import queue
from mail.models import QueuedEmail

DAYS_BEFORE = (7, 30)  # the nearest first


def send_reminders() -> int:
    """Write to everybody whose affiliation expires soon; return how many e-mails are new.

    Safe to repeat: there is one e-mail for each of DAYS_BEFORE, and one that
    was missed is not sent once the next is due.
    """
    now = timezone.now()
    horizon = now + timedelta(days=max(DAYS_BEFORE))
    affiliations = Affiliation.objects.valid().filter(expires_at__lte=horizon)
    return sum(
        _send_reminder(affiliation, affiliation.expires_at, now)
        for affiliation in affiliations.select_related("user", "organisation")
        if affiliation.expires_at is not None
    )


def _send_reminder(affiliation: Affiliation, expires_at: datetime, now: datetime) -> bool:
    days = next(days for days in DAYS_BEFORE if expires_at <= now + timedelta(days=days))
    key = f"voice {affiliation.pk} {expires_at.isoformat()} {days}"
    if QueuedEmail.objects.filter(key=key).exists():
        return False
    context = {"affiliation": affiliation, "link": settings.BASE_URL + reverse("account_affiliation")}
    email = queue.enqueue(
        to=affiliation.user.email,
        subject=_("Your organization: please renew your verification"),
        text=render_to_string("account/email/affiliation_expires.txt", context),
        key=key,
    )
    return email is not None
