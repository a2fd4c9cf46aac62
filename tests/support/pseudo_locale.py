"""A site in a language nobody speaks: whatever went through gettext stands in ⟦brackets⟧.

Its content is in Greek letters, so a Latin word outside the brackets is a
string that no translator will ever be shown.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

OPEN, CLOSE = "⟦", "⟧"
GREEK = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "αβψδεφγηιξκλμνοπϟρστυϐωχϋζΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠϞΡΣΤΥϴΩΧΫΖ",
)
NOT_WORDS = re.compile(r"(https?://\S+|<[^>]*>|&\w+;|\]\([^)]*\))")
CONTENT = {
    "title", "subtitle", "introduction", "abstract", "key_findings", "name", "role", "organisation",
    "biography", "description", "text", "words", "by", "caption", "rows", "columns", "source",
    "note", "funding", "competing_interests", "review", "status_reason", "publisher", "series",
    "tags", "addendum", "reply",
}  # fmt: skip


def greek(value: Any) -> Any:
    """Return text in Greek letters, tags and addresses in it left alone; lists and tables likewise."""
    if isinstance(value, list):
        return [greek(one) for one in value]
    if isinstance(value, dict):
        return {key: greek(one) if _is_content(key, one) else value_of(one) for key, one in value.items()}
    if not isinstance(value, str):
        return value
    parts = NOT_WORDS.split(value)
    return "".join(part if NOT_WORDS.fullmatch(part) else part.translate(GREEK) for part in parts)


def _is_content(key: str, value: Any) -> bool:
    is_key_of_a_person = key == "by" and value.islower()
    return key in CONTENT and not is_key_of_a_person


def value_of(value: Any) -> Any:
    """Return the parts of a table of TOML that are content in Greek, its keys and slugs as they are."""
    if isinstance(value, dict):
        return greek(value)
    return [value_of(one) for one in value] if isinstance(value, list) else value


def prepare_in_greek() -> None:
    """Prepare a site whose demo content, and the titles of its first pages, are in Greek letters."""
    from pathlib import Path

    from django.conf import settings
    from django.core.management import call_command
    from wagtail.models import Page

    from config.run_site import demo_password

    demo_password(Path(settings.DATA_DIR))
    original = tomllib.loads
    tomllib.loads = lambda text: value_of(original(text))
    try:
        call_command("prepare_site")
    finally:
        tomllib.loads = original
    for page in Page.objects.exclude(depth=1):
        page.title = page.draft_title = greek(page.title)
        page.save(update_fields=["title", "draft_title"])


def outside_brackets(texts: list[str]) -> list[str]:
    """Return what of each text no translation made; brackets may open in one and close in another."""
    remaining, depth = [], 0
    for text in texts:
        kept = []
        for character in text:
            depth += (character == OPEN) - (character == CLOSE)
            if depth == 0 and character != CLOSE:
                kept.append(character)
        remaining.append("".join(kept))
    return remaining
