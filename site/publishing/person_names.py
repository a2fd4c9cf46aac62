"""Parsing a person's name for citations."""

from __future__ import annotations

from typing import NamedTuple

from nameparser import HumanName


class PersonName(NamedTuple):
    given: str
    family: str
    suffix: str = ""


def parse(name: str, *, family: str = "") -> PersonName:
    """Return the given names, the family name and the suffix of ``name``.

    ``family`` is the family name where it can't be told from the name alone, as
    in "Ursula K. Le Guin". A single word is a family name. Titles are left out.
    """
    parsed = HumanName(name)
    given, last = " ".join(filter(None, [parsed.first, parsed.middle])), parsed.last
    whole = " ".join(filter(None, [given, last]))
    if family and family in whole:
        return PersonName(" ".join(whole.replace(family, " ", 1).split()), family, parsed.suffix)
    return PersonName(given, last, parsed.suffix) if last else PersonName("", given, parsed.suffix)
