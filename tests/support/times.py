"""Moments after now, to which tests travel."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.utils import timezone

WEEK = timedelta(days=7, minutes=1)


def in_a_week() -> time_machine.travel:
    return time_machine.travel(timezone.now() + WEEK, tick=False)


def after(**time):
    return time_machine.travel(timezone.now() + timedelta(**time), tick=False)
