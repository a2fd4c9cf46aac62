"""Languages a paper may be written in, by their tags."""

from __future__ import annotations

from django.conf import global_settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _


def choices() -> list[tuple[str, str]]:
    """Return tag and name of every language that has a name here, by name."""
    return sorted(((tag, _(name)) for tag, name in global_settings.LANGUAGES), key=lambda choice: choice[1])


def nearest(tag: str) -> str:
    """Return the closest choice for a tag such as ``es-US``; empty if there is none."""
    names = dict(global_settings.LANGUAGES)
    parts = tag.lower().split("-")
    tags = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((candidate for candidate in tags if candidate in names), "")


def name(tag: str) -> str:
    """Return the name of a language, translated; the tag itself if it is unknown."""
    if not tag:
        return ""
    try:
        return str(get_language_info(tag.lower())["name_translated"])
    except KeyError:
        return tag
