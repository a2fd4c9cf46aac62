"""Parsing an author's name for citations."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from nameparser import HumanName
from nameparser.config import Constants

# What stands behind a name in schools and is no part of it, beside what nameparser knows.
CREDENTIALS = {
    "bcba-d",
    "bcba",
    "cags",
    "ccc-slp",
    "edm",
    "lcsw",
    "licsw",
    "lmhc",
    "ncsp",
    "otr",
    "slp",
}
GENERATIONS = {"jr", "sr", "ii", "iii", "iv", "v"}
DEGREE_IN_TWO = re.compile(r"\b(Ph|Ed|Psy|M|B)\. (?=(?:D|Ed|S|A|Phil)\.$|(?:D|Ed|S|A|Phil)\.,)")
# Letters alone, most of them capitals, with or without periods: Ed.D., M.S.W., BCBA-D.
ABBREVIATION = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z]{1,5}(?:[.-][A-Za-z]{1,4})*\.?")
TITLES = {
    "candidate", "chair", "consultant", "coordinator", "deputy", "director", "doctoral", "emeritus",
    "executive", "former", "interim", "principal", "retired", "superintendent",
}  # fmt: skip
ORGANIZATION = re.compile(
    r"\b(agency|alliance|association|authority|bureau|cent(?:er|re)|coalition|collaboratives?|college|"
    r"commission|committee|consortium|cooperative|corporation|council|department|district|division|"
    r"federation|foundation|inc|institut[eo]?|llc|league|ministry|organi[sz]ation|partnership|schools|"
    r"services|society|task force|university)\b|\b(?:of|for)\b| & ",
    re.IGNORECASE,
)
# Family names too, so only at the end of three words or more.
ORGANIZATION_ENDING = re.compile(
    r"\S+ \S*\w{2}.* (?:board|company|group|network|office|program|school|service|state|team|trust|union)\.?",
    re.IGNORECASE,
)
_constants = Constants()
_constants.suffix_acronyms.add(*(word.replace("-", "") for word in CREDENTIALS), *CREDENTIALS)
_constants.titles.add(*TITLES)


class PersonName(NamedTuple):
    """``suffix`` is Jr., III and the like; degrees and titles are no part of a name in a citation."""

    given: str
    family: str
    suffix: str = ""

    @property
    def inverted(self) -> str:
        """Return the name as lists are sorted: Quillfeather, Adele."""
        return ", ".join(filter(None, [self.family, self.given, self.suffix]))


@lru_cache(maxsize=2000)  # a page with a citation asks ten times for each author
def parse(name: str, *, family: str = "") -> PersonName:
    """Return the given names, the family name and the suffix of ``name``.

    ``family`` is the family name where it can't be told from the name alone, as
    in "Ursula K. Le Guin". A single word is a family name. Titles and degrees
    are left out, unless there is nothing else.
    """
    parsed = HumanName(without_credentials(name), constants=_constants)
    given, last = " ".join(filter(None, [parsed.first, parsed.middle])), parsed.last
    suffix = " ".join(word for word in re.split(r"[\s,]+", parsed.suffix) if is_generation(word))
    whole = " ".join(filter(None, [given, last]))
    if family and family in whole:
        return PersonName(" ".join(whole.replace(family, " ", 1).split()), family, suffix)
    if not whole:  # nothing but titles and punctuation
        return PersonName("", name.strip())
    return PersonName(given, last, suffix) if last else PersonName("", given, suffix)


def without_credentials(name: str) -> str:
    """Return ``name`` without what follows a whole name after a comma, but Jr. and the like.

    One word before the comma is a family name that stands first: Quillfeather, Adele.
    """
    first, *rest = (part.strip() for part in DEGREE_IN_TWO.sub(r"\1.", name).split(","))
    if " " not in first and rest:
        first, rest = f"{first}, {rest[0]}", rest[1:]
        kept = [first]
    elif rest and not all(is_credential(part) for part in rest):
        return name if len(rest) == 1 and not is_title(rest[0]) else first
    else:
        kept = [first]
    return ", ".join([*kept, *(part for part in rest if is_generation(part))])


def is_generation(word: str) -> bool:
    return word.strip(".").lower() in GENERATIONS


def is_credential(text: str) -> bool:
    return all(is_generation(word) or ABBREVIATION.fullmatch(word) for word in text.split()) and bool(text)


def is_title(text: str) -> bool:
    """Say whether every word is one that nameparser knows as a title, as in "Superintendent"."""
    return all(word.strip(".").lower() in _constants.titles for word in text.split())


def is_organization(name: str) -> bool:
    """Guess whether ``name`` is that of an organization: by the words such names are made of."""
    return bool(ORGANIZATION.search(name) or ORGANIZATION_ENDING.fullmatch(name))
