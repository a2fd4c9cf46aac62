"""A site in a language nobody speaks: whatever went through gettext stands in ⟦brackets⟧.

Whatever people wrote comes out of the database in Greek letters, so a Latin
word outside the brackets is a string that no translator will ever be shown.
``pseudo_settings`` makes a site so, and changes nothing that is stored.
"""

from __future__ import annotations

import json
import re
from typing import Any

OPEN, CLOSE = "⟦", "⟧"
GREEK = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "αβψδεφγηιξκλμνοπϟρστυϐωχϋζΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠϞΡΣΤΥϴΩΧΫΖ",
)
NOT_WORDS = re.compile(r"(https?://\S+|<[^>]*>|&\w+;|\]\([^)]*\))")
# Fields of models, and keys in stored JSON, that hold what people wrote.
CONTENT = {
    "title", "draft_title", "subtitle", "introduction", "abstract", "key_findings", "name", "family_name",
    "role", "organisation", "biography", "description", "affiliation", "words", "by", "caption", "rows",
    "source", "note", "funding", "competing_interests", "review", "status_reason", "publisher", "series",
    "comment", "html", "addendum", "addendum_html", "user_name", "anchor_quote", "text", "house_rules",
    "canned_replies", "credit", "need", "purpose", "answer", "reason", "decided_by_name", "label",
    "author_name", "outline", "tagged_blocks", "document_info", "detail", "value", "values", "heading",
    "alt_text", "content", "body", "issues", "default_alt_text", "site_name", "search_description",
    "seo_title", "author", "subject", "keywords",
}  # fmt: skip


def greek(text: str) -> str:
    """Return text in Greek letters, tags and addresses in it left alone."""
    parts = NOT_WORDS.split(text)
    return "".join(part if NOT_WORDS.fullmatch(part) else part.translate(GREEK) for part in parts)


def greek_json(value: Any, *, is_content: bool = False) -> Any:
    """Return stored JSON with its content in Greek letters, its keys, types and ids as they are."""
    if isinstance(value, dict):
        return {key: greek_json(one, is_content=key in CONTENT) for key, one in value.items()}
    if isinstance(value, list):
        return [greek_json(one, is_content=is_content) for one in value]
    if not isinstance(value, str) or not is_content:
        return value
    if value.startswith(("[{", "{")):  # a field within a revision
        return json.dumps(greek_json(json.loads(value), is_content=True))
    return greek(value)


def outside_brackets(texts: list[str]) -> list[str]:
    """Return what of each text no translation made; brackets may open in one and close in another."""
    remaining, depth = [], 0
    for text in texts:
        characters = []
        for character in text:
            depth += (character == OPEN) - (character == CLOSE)
            if depth == 0 and character != CLOSE:
                characters.append(character)
        remaining.append("".join(characters))
    return remaining


def named(words: str) -> re.Pattern[str]:
    """Match these words and no others, in brackets or not, for the names of buttons and fields."""
    return re.compile(rf"^\s*{OPEN}*{re.escape(words)}{CLOSE}*\s*$")
