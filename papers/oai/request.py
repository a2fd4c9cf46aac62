"""A harvester's request, validated as the protocol demands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import QueryDict

from public_forms import signed_links

METADATA_PREFIX = "oai_dc"
SALT = "papers.oai"
TOKEN_MAX_AGE = timedelta(days=1)
NAME = re.compile(r"[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*")  # of a set, of a format
MAX_NAME_LENGTH = 200  # characters
DAY, SECOND = "%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"
LIST_ARGUMENTS = {"from", "until", "set", "metadataPrefix"}

# Verb: required arguments, optional ones, and whether a resumption token may replace them all.
VERBS: dict[str, tuple[set[str], set[str], bool]] = {
    "Identify": (set(), set(), False),
    "ListMetadataFormats": (set(), {"identifier"}, False),
    "ListSets": (set(), set(), True),
    "GetRecord": ({"identifier", "metadataPrefix"}, set(), False),
    "ListIdentifiers": ({"metadataPrefix"}, LIST_ARGUMENTS - {"metadataPrefix"}, True),
    "ListRecords": ({"metadataPrefix"}, LIST_ARGUMENTS - {"metadataPrefix"}, True),
}


class OAIError(Exception):
    """One of the protocol's eight errors, by its code, with a message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(frozen=True)
class OAIRequest:
    """A valid request; ``after`` is datestamp and number of the last of ``delivered`` records."""

    verb: str
    arguments: dict[str, str] = field(default_factory=dict)
    since: datetime | None = None
    until: datetime | None = None
    after: tuple[str, int] | None = None
    delivered: int = 0

    @property
    def topic(self) -> str:
        return self.arguments.get("set", "")


def parse_request(parameters: QueryDict) -> OAIRequest:
    """Return the request in ``parameters``. Raises OAIError with the protocol's own code."""
    verb = parameters.get("verb", "")
    if verb not in VERBS or len(parameters.getlist("verb")) != 1:
        raise OAIError("badVerb", "Give one verb: " + ", ".join(VERBS) + ".")
    arguments = {name: str(value) for name, value in parameters.items() if name != "verb"}
    if repeated := [name for name in arguments if len(parameters.getlist(name)) > 1]:
        raise OAIError("badArgument", f"Given more than once: {', '.join(sorted(repeated))}.")
    if any("\0" in value for value in arguments.values()):
        raise OAIError("badArgument", "An argument contains a null character.")
    if invalid := [
        name
        for name in ("set", "metadataPrefix")
        if not NAME.fullmatch(arguments.get(name, "-")[: MAX_NAME_LENGTH + 1])
        or len(arguments.get(name, "-")) > MAX_NAME_LENGTH
    ]:
        raise OAIError("badArgument", f"Invalid value: {', '.join(invalid)}.")
    needed, allowed, takes_token = VERBS[verb]
    if takes_token and "resumptionToken" in arguments:
        if len(arguments) > 1:
            raise OAIError("badArgument", "resumptionToken is an exclusive argument.")
        return read_token(verb, arguments["resumptionToken"])
    if unknown := set(arguments) - needed - allowed:
        raise OAIError("badArgument", f"{verb} does not take: {', '.join(sorted(unknown))}.")
    if missing := needed - set(arguments):
        raise OAIError("badArgument", f"{verb} needs: {', '.join(sorted(missing))}.")
    return validate_arguments(verb, arguments)


def validate_arguments(verb: str, arguments: dict[str, str], **place: Any) -> OAIRequest:
    if arguments.get("metadataPrefix", METADATA_PREFIX) != METADATA_PREFIX:
        raise OAIError("cannotDisseminateFormat", f"Records are available in {METADATA_PREFIX} only.")
    since, until = (parse_datestamp(arguments.get(name)) for name in ("from", "until"))
    if since and until and len(arguments["from"]) != len(arguments["until"]):
        raise OAIError("badArgument", "from and until must have the same granularity.")
    if until and len(arguments["until"]) == len("2009-03-24"):
        until += timedelta(days=1, seconds=-1)
    if since and until and since > until:
        raise OAIError("badArgument", "from is later than until.")
    return OAIRequest(verb, arguments, since, until, **place)


def parse_datestamp(text: str | None) -> datetime | None:
    if text is None:
        return None
    for format in (DAY, SECOND):
        try:
            parsed = datetime.strptime(text, format).replace(tzinfo=UTC)
        except ValueError:
            continue
        if parsed.strftime(format).rjust(len(text), "0") == text:
            return parsed
    raise OAIError("badArgument", "A date is YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")


def make_token(oai_request: OAIRequest, *, after: tuple[str, int], delivered: int) -> str:
    """Return the resumption token for the next page; it holds all its state, so none is stored."""
    state = {
        "verb": oai_request.verb,
        "arguments": oai_request.arguments,
        "after": after,
        "delivered": delivered,
    }
    return signed_links.sign(state, salt=SALT, compress=True)


def read_token(verb: str, text: str) -> OAIRequest:
    try:
        state = signed_links.load(text, salt=SALT, max_age=TOKEN_MAX_AGE)
    except signed_links.LinkExpiredError:
        state = None
    if state is None:
        raise OAIError("badResumptionToken", "The resumption token is invalid or has expired.")
    if state["verb"] != verb:
        raise OAIError("badResumptionToken", "The resumption token belongs to another verb.")
    after, delivered = tuple(state["after"]), state["delivered"]
    return validate_arguments(verb, state["arguments"], after=after, delivered=delivered)
