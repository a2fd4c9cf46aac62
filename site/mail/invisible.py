"""Characters that leave no trace on a screen: in addresses, names, comments and quotations alike."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# What Unicode calls a letter, a mark or a symbol, and no font draws: fillers, selectors, empty braille.
BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
RANGES = (("\u2060", "\u206f"), ("\ufe00", "\ufe0f"), ("\ufff0", "\ufff8"), ("\U000e0000", "\U000e0fff"))
# Formatting that is drawn: the signs that Arabic, Syriac and Kaithi put around numbers.
DRAWN = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"


@lru_cache(maxsize=4096)
def is_invisible(character: str) -> bool:
    """Say whether a character is formatting, a control or a blank that is no white space."""
    if character.isspace():
        return False
    is_formatting = unicodedata.category(character) in ("Cc", "Cf", "Cs") and character not in DRAWN
    return is_formatting or character in BLANK or any(low <= character <= high for low, high in RANGES)


def without_invisible(text: str) -> str:
    """Return what of ``text`` leaves a trace on a screen, white space included."""
    return "".join(char for char in text if not is_invisible(char))
