"""Parsing a person's name for citations."""

from __future__ import annotations

from typing import NamedTuple

PARTICLES = {
    "af", "al", "d'", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el",
    "la", "le", "ten", "ter", "van", "von", "zu", "zum", "zur",
}  # fmt: skip
SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}


class PersonName(NamedTuple):
    given: str
    family: str
    suffix: str = ""


def parse(name: str, *, family: str = "") -> PersonName:
    """Return what is given and what is the family's in ``name``.

    ``family`` says it where the rule fails, which takes the last word with
    the small words before it. A single word is a family name.
    """
    words = name.replace(",", " ").split()
    suffix = words.pop() if len(words) > 2 and words[-1].lower().rstrip(".") in SUFFIXES else ""
    rest = " ".join(words)
    if family and family in rest:
        return PersonName(" ".join(rest.replace(family, " ", 1).split()), family, suffix)
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES and words[start - 1].islower():
        start -= 1
    return PersonName(" ".join(words[: max(start, 0)]), " ".join(words[max(start, 0) :]), suffix)
