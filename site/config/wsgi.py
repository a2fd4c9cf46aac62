"""What granian serves: kept pages and, behind them, Django, which sees only requests it can read."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.utils.translation import gettext as _

from config.page_cache import with_page_cache
from config.warm_up import warm_up
from pagecache.policy import WSGIApplication
from public_forms.charsets import is_utf8


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


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = with_page_cache(require_utf8(get_wsgi_application()))

# What is loaded by now stays. Otherwise every full collection looks through some hundred thousand objects of
# modules and models, for a tenth of a second in which somebody waits for a page.
warm_up(application)
gc.collect()
gc.freeze()
