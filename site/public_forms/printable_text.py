"""Text fit to be stored and shown: without what no page, feed or database can carry."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.utils.functional import Promise

ALLOWED_CONTROLS = "\n\t"


def printable(text: str) -> str:
    """Return ``text`` with plain line ends and without what no page, feed or database can carry.

    That is control characters, halves of surrogate pairs, and code points that
    will never be characters.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if lines.isprintable():
        return lines
    return "".join(one for one in lines if one in ALLOWED_CONTROLS or not _is_unprintable(one))


def printable_data(data: Any) -> Any:
    """Return lists and dictionaries, however nested, with every text in them printable, lazy ones too."""
    if isinstance(data, str | Promise):
        return printable(str(data))
    if isinstance(data, dict):
        return {printable_data(key): printable_data(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [printable_data(value) for value in data]
    return data


def _is_unprintable(character: str) -> bool:
    point = ord(character)
    is_never_a_character = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
    return is_never_a_character or unicodedata.category(character) in ("Cc", "Cs")
