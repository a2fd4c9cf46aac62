"""Letters to people whose confirmed organization will soon count as unconfirmed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Voice
from mail import queue
from mail.models import QueuedEmail

DAYS_BEFORE = (7, 30)  # the nearest first


def remind() -> int:
    """Write to everybody whose time comes to an end; return how many letters are new.

    Safe to repeat: each of DAYS_BEFORE has one letter, and one that was missed
    is not made up for once the next is due.
    """
    now = timezone.now()
    soon = Voice.objects.standing().filter(until__lte=now + timedelta(days=max(DAYS_BEFORE)))
    return sum(_remind(voice, now) for voice in soon.select_related("user", "organisation"))


def _remind(voice: Voice, now: datetime) -> bool:
    days = next(days for days in DAYS_BEFORE if voice.until <= now + timedelta(days=days))
    key = f"voice {voice.pk} {voice.until.isoformat()} {days}"
    if QueuedEmail.objects.filter(key=key).exists():
        return False
    there = {"voice": voice, "link": settings.BASE_URL + reverse("account_voice")}
    letter = queue.enqueue(
        to=voice.user.email,
        subject=_("Your confirmed organization: please renew"),
        text=render_to_string("account/email/voice_ends.txt", there),
        key=key,
    )
    return letter is not None
