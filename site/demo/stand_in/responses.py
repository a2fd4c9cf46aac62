"""What was asked and what is answered, free of sockets."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote_plus, urlencode, urlsplit


@dataclass(frozen=True)
class Ask:
    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, method: str, target: str, headers: dict[str, str], body: bytes) -> Ask:
        """Take a request apart; header names in lower case, the last of repeated fields counts."""
        parts = urlsplit(target)
        form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        return cls(method, parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)), form, headers)

    @property
    def bearer(self) -> str:
        return self.headers.get("authorization", "").removeprefix("Bearer ").strip()

    @property
    def basic(self) -> tuple[str, str]:
        """Return client and secret of HTTP Basic, two empty words when there are none."""
        kind, _, word = self.headers.get("authorization", "").partition(" ")
        try:
            client, _, secret = base64.b64decode(word).decode().partition(":")
        except ValueError:
            return "", ""
        return (unquote_plus(client), unquote_plus(secret)) if kind == "Basic" else ("", "")


@dataclass(frozen=True)
class Answer:
    body: str = ""
    kind: str = "text/html; charset=utf-8"
    status: int = HTTPStatus.OK
    location: str = ""


def as_json(value: object, status: int = HTTPStatus.OK) -> Answer:
    return Answer(json.dumps(value), "application/json", status)


def refusal(error: str, about: str, status: int = HTTPStatus.BAD_REQUEST) -> Answer:
    """Return an OAuth 2 error, ``error`` being one of the words of RFC 6749."""
    return as_json({"error": error, "error_description": about}, status)


def onward(address: str, **parameters: str) -> Answer:
    """Send the browser to ``address`` with ``parameters`` added to its query."""
    glue = "&" if urlsplit(address).query else "?"
    target = f"{address}{glue}{urlencode(parameters)}"
    return Answer(status=HTTPStatus.SEE_OTHER, location=target)
