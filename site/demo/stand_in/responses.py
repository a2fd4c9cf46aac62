"""Requests and responses, independent of sockets."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote_plus, urlencode, urlsplit


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, method: str, target: str, headers: dict[str, str], body: bytes) -> Request:
        """Parse a request; header names in lower case, the last of repeated fields counts."""
        parts = urlsplit(target)
        form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        return cls(method, parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)), form, headers)

    @property
    def bearer(self) -> str:
        return self.headers.get("authorization", "").removeprefix("Bearer ").strip()

    @property
    def basic(self) -> tuple[str, str]:
        """Return client and secret of HTTP Basic, two empty strings where there are none."""
        scheme, _, credentials = self.headers.get("authorization", "").partition(" ")
        try:
            client, _, secret = base64.b64decode(credentials).decode().partition(":")
        except ValueError:
            return "", ""
        return (unquote_plus(client), unquote_plus(secret)) if scheme == "Basic" else ("", "")


@dataclass(frozen=True)
class Response:
    body: str = ""
    content_type: str = "text/html; charset=utf-8"
    status: int = HTTPStatus.OK
    location: str = ""


def json_response(value: object, status: int = HTTPStatus.OK) -> Response:
    return Response(json.dumps(value), "application/json", status)


def oauth_error(error: str, description: str, status: int = HTTPStatus.BAD_REQUEST) -> Response:
    """Return an OAuth 2 error, ``error`` being one of the words of RFC 6749."""
    return json_response({"error": error, "error_description": description}, status)


def redirect(url: str, **params: str) -> Response:
    """Redirect the browser to ``url`` with ``params`` added to its query."""
    separator = "&" if urlsplit(url).query else "?"
    target = f"{url}{separator}{urlencode(params)}"
    return Response(status=HTTPStatus.SEE_OTHER, location=target)
