"""JSON of what the site holds about a person."""

from __future__ import annotations

from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.timezone import is_aware, localtime


class LocalTimeEncoder(DjangoJSONEncoder):
    """Writes moments in the site's time zone, as its pages show them."""

    def default(self, value: object) -> object:
        if isinstance(value, datetime) and is_aware(value):
            return localtime(value).isoformat(timespec="seconds")
        return super().default(value)
