"""Leaving the bytes of a file to the proxy in front: X-Accel-Redirect (nginx) and X-Sendfile (Apache).

We check access, answer 304 and 416 and count; then a header tells the proxy which
file to send, and it sees to ranges. Only for the private storage, and only while it
lies on a disk that the proxy reads, too.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import HttpRequest

DJANGO, X_SENDFILE = "django", "x-sendfile"  # of FILE_SENDING
INTERNAL_PREFIX = "/_files/"  # nginx has an internal location of this name
# The proxy would compare them with an ETag and a date of its own.
OWN_CONDITIONS = ("HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
# What the proxy says itself, of the bytes that it sends.
PROXY_HEADERS = {"Content-Length", "Content-Range", "Accept-Ranges"}


def is_left_to_proxy(request: HttpRequest, path: str | None) -> bool:
    return (
        settings.FILE_SENDING != DJANGO
        and path is not None
        and path.startswith(_root())
        and not any(name in request.META for name in OWN_CONDITIONS)
    )


def proxy_headers(headers: Mapping[str, str], path: str) -> dict[str, str]:
    """Return the headers that let the proxy send the file at ``path``, which lies in the private storage.

    Its name is percent-encoded in both: nginx decodes it, and so does mod_xsendfile.
    """
    kept = {name: value for name, value in headers.items() if name not in PROXY_HEADERS}
    kept["Content-Length"] = "0"  # of what we send
    if settings.FILE_SENDING == X_SENDFILE:
        return kept | {"X-Sendfile": quote(path)}
    return kept | {"X-Accel-Redirect": INTERNAL_PREFIX + quote(path.removeprefix(_root()))}


def _root() -> str:
    return os.path.join(default_storage.path(""), "")
