"""``{{ moment|machine_time }}``: a time as programs read it, in every template without ``{% load %}``."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils.timezone import is_aware, localtime

register = template.Library()


@register.filter
def machine_time(moment: date | datetime | None) -> str:
    """Return a date, or a moment in the site's time zone to the second; empty for None.

    HTML takes at most milliseconds in ``<time datetime>``; Django's ``date:"c"`` gives microseconds.
    """
    if isinstance(moment, datetime):
        return (localtime(moment) if is_aware(moment) else moment).isoformat(timespec="seconds")
    return moment.isoformat() if moment else ""
