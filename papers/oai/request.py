"""What a harvester asks, checked as the protocol wants it checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import signing
from django.http import QueryDict

PREFIX = "oai_dc"
SALT = "papers.oai"
TOKEN_GOOD_FOR = timedelta(days=1)
NAME = re.compile(r"[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*")  # of a set, of a format
DAY, SECOND = "%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"
LISTING = {"from", "until", "set", "metadataPrefix"}

# Verb: what it must be given, what it may be given, and whether a token may stand for all of it.
VERBS: dict[str, tuple[set[str], set[str], bool]] = {
    "Identify": (set(), set(), False),
    "ListMetadataFormats": (set(), {"identifier"}, False),
    "ListSets": (set(), set(), True),
    "GetRecord": ({"identifier", "metadataPrefix"}, set(), False),
    "ListIdentifiers": ({"metadataPrefix"}, LISTING - {"metadataPrefix"}, True),
    "ListRecords": ({"metadataPrefix"}, LISTING - {"metadataPrefix"}, True),
}


class Wrong(Exception):
    """One of the protocol's eight errors, by its code, with a sentence."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


@dataclass(frozen=True)
class Asked:
    """A checked question. ``after`` is the last datestamp and number told, ``told`` how many were."""

    verb: str
    words: dict[str, str] = field(default_factory=dict)
    since: datetime | None = None
    until: datetime | None = None
    after: tuple[str, int] | None = None
    told: int = 0

    @property
    def topic(self) -> str:
        return self.words.get("set", "")


def asked(parameters: QueryDict) -> Asked:
    """Return what is asked. Raises Wrong with the protocol's own code."""
    verb = parameters.get("verb", "")
    if verb not in VERBS or len(parameters.getlist("verb")) != 1:
        raise Wrong("badVerb", "Give one verb: " + ", ".join(VERBS) + ".")
    words = {name: value for name, value in parameters.items() if name != "verb"}
    if repeated := [name for name in words if len(parameters.getlist(name)) > 1]:
        raise Wrong("badArgument", f"Given more than once: {', '.join(sorted(repeated))}.")
    if any("\0" in value for value in words.values()):
        raise Wrong("badArgument", "There is a sign in it that no text holds.")
    if odd := [name for name in ("set", "metadataPrefix") if not NAME.fullmatch(words.get(name, "-"))]:
        raise Wrong("badArgument", f"No name that there could be: {', '.join(odd)}.")
    needed, allowed, takes_token = VERBS[verb]
    if takes_token and "resumptionToken" in words:
        if len(words) > 1:
            raise Wrong("badArgument", "A resumptionToken stands alone.")
        return resumed(verb, words["resumptionToken"])
    if foreign := set(words) - needed - allowed:
        raise Wrong("badArgument", f"{verb} does not take: {', '.join(sorted(foreign))}.")
    if missing := needed - set(words):
        raise Wrong("badArgument", f"{verb} needs: {', '.join(sorted(missing))}.")
    return checked(verb, words)


def checked(verb: str, words: dict[str, str], **place: Any) -> Asked:
    if words.get("metadataPrefix", PREFIX) != PREFIX:
        raise Wrong("cannotDisseminateFormat", f"Records are told in {PREFIX} only.")
    since, until = (moment(words.get(name)) for name in ("from", "until"))
    if since and until and len(words["from"]) != len(words["until"]):
        raise Wrong("badArgument", "from and until are given in the same granularity.")
    if until and len(words["until"]) == len("2009-03-24"):
        until += timedelta(days=1, seconds=-1)
    if since and until and since > until:
        raise Wrong("badArgument", "from is later than until.")
    return Asked(verb, words, since, until, **place)


def moment(written: str | None) -> datetime | None:
    if written is None:
        return None
    for shape in (DAY, SECOND):
        try:
            found = datetime.strptime(written, shape).replace(tzinfo=UTC)
        except ValueError:
            continue
        if found.strftime(shape).rjust(len(written), "0") == written:
            return found
    raise Wrong("badArgument", "A date is YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")


def token(asked: Asked, *, after: tuple[str, int], told: int) -> str:
    """Return what brings the next part; it holds all that is needed, so nothing is kept here."""
    place = {"verb": asked.verb, "words": asked.words, "after": after, "told": told}
    return signing.dumps(place, salt=SALT, compress=True)


def resumed(verb: str, written: str) -> Asked:
    try:
        place = signing.loads(written, salt=SALT, max_age=TOKEN_GOOD_FOR)
    except (signing.BadSignature, ValueError):
        raise Wrong("badResumptionToken", "This token is none of ours, or too old.") from None
    if place["verb"] != verb:
        raise Wrong("badResumptionToken", "This token was given for another verb.")
    return checked(verb, place["words"], after=tuple(place["after"]), told=place["told"])
