"""What granian serves: Django, which sees only requests whose charset it can read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext as _

WSGIApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

MAX_HEADER_LENGTH = 1_000  # characters of a Content-Type


def require_utf8(application: WSGIApplication) -> WSGIApplication:
    """Answer 415 to a request in another charset than UTF-8; Django fails over some of them unasked.

    Python's codecs include hex, idna and punycode, which decode no form but
    raise errors of their own as soon as anything looks at the request.
    """

    def checked(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if is_utf8(str(environ.get("CONTENT_TYPE") or "")):
            return application(environ, start_response)
        body = _("Send this encoded as UTF-8.").encode() + b"\n"
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
        status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
        start_response(f"{status.value} {status.phrase}", [*headers, ("Cache-Control", "no-store")])
        return [body]

    return checked


def is_utf8(content_type: str) -> bool:
    """Say whether a Content-Type names UTF-8 or no charset at all."""
    if len(content_type) > MAX_HEADER_LENGTH:
        return False
    charset = parse_header_parameters(content_type)[1].get("charset", "utf-8")
    return charset.strip().lower() in ("utf-8", "utf8")


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = require_utf8(get_wsgi_application())
