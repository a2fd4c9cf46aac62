"""E-mail for tests, and the hours it waits."""

from __future__ import annotations

import re
from datetime import timedelta

import time_machine
from django.utils import timezone

from mail import queue
from mail.models import QueuedEmail, SuppressedAddress

ADA = "ada@example.org"


def enqueue_email(to: str = ADA, **fields) -> QueuedEmail | None:
    """Queue an e-mail whose transaction hasn't committed yet."""
    return queue.enqueue(to=to, **{"subject": "A reply to you", "text": "Somebody answered.", **fields})


def in_hours(hours: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False)


def suppressed():
    return dict(SuppressedAddress.objects.values_list("address", "reason"))


def links_in(email):
    return re.findall(r"https?://\S+", email.text)
