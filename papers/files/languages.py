"""Languages a paper may be written in, by their tags."""

from __future__ import annotations

from django.conf import global_settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _


def choices() -> list[tuple[str, str]]:
    """Return tag and name of every language that has a name here, by name."""
    return sorted(((tag, _(name)) for tag, name in global_settings.LANGUAGES), key=lambda one: one[1])


def nearest(tag: str) -> str:
    """Return the choice for a tag such as ``es-US``; nothing where there is none."""
    known = dict(global_settings.LANGUAGES)
    parts = tag.lower().split("-")
    tags = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((one for one in tags if one in known), "")


def name(tag: str) -> str:
    """Return the name of a language in the reader's own; the tag itself where it isn't known."""
    if not tag:
        return ""
    try:
        return str(get_language_info(tag.lower())["name_translated"])
    except KeyError:
        return tag
