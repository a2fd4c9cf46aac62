"""The one charset that requests may be in."""

from __future__ import annotations

from django.utils.http import parse_header_parameters

MAX_HEADER_LENGTH = 1_000  # characters of a Content-Type


def is_utf8(content_type: str) -> bool:
    """Say whether a Content-Type names UTF-8 or no charset at all."""
    if len(content_type) > MAX_HEADER_LENGTH:
        return False
    charset = parse_header_parameters(content_type)[1].get("charset", "utf-8")
    return charset.strip().lower() in ("utf-8", "utf8")
