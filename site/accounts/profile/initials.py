"""The letters that stand in for a portrait."""

from __future__ import annotations


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of ``name``, at most two."""
    words = [word for word in name.split() if word[0].isalnum()]
    ends = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0] for word in ends).upper()[:2]
