"""Every address of the site, with something real at each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from blog.models import Post
from papers.models import Paper

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# Routes that are regular expressions, as they are filled in.
FILLED = {
    "^admin/images/\\d+/(?:preview|generate_url)/": "admin/images/<image_id>/generate_url/",
    "admin/pages/^(?P<pk>\\d+)/revisions/compare/(?P<revision_id_a>live|earliest|\\d+)\\.\\.\\."
    "(?P<revision_id_b>live|latest|\\d+)/$": "admin/pages/<page_id>/revisions/compare/earliest...latest/",
    "admin/^.*/$": "admin/there-is-no-such-page/",
    "documents/^(\\d+)/(.*)$": "documents/<document_id>/<file_name>",
    "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": (
        "accounts/password/reset/key/1-set/"
    ),
    "^((?:[\\w\\-]+/)*)$": "blog/sharing-a-nurse/",
}


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Yield every pattern of the URLconf with its whole route, in the order in which they are tried."""

    def walk(entries: list[Any], prefix: str) -> Iterator[tuple[str, URLPattern]]:
        for entry in entries:
            route = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns, route)
            else:
                yield route, entry

    yield from walk(get_resolver().url_patterns, "")


def page_routes() -> Iterator[str]:
    """Yield the routes below a post and below a paper."""
    for model, place in ((Post, "blog/<slug>/"), (Paper, "papers/<slug>/")):
        yield from (place + str(entry.pattern) for entry in model.get_subpage_urls())


def routes() -> list[str]:
    """Return every route, once, without converters, which differ for what is the same to readers."""
    found = [route for route, _pattern in patterns()] + list(page_routes())
    # The admin's API says where it is in a way of its own.
    plain = [FILLED.get(route, route).replace("admin/api/main/^", "admin/api/main/") for route in found]
    for provider in ("google", "openid_connect"):
        expression = re.compile(rf"^accounts/\^\(\?P<provider_id>[^)]*{provider}[^)]*\)(.*)\$$")
        plain = [expression.sub(rf"accounts/{provider}\1", one) for one in plain]
    return list(dict.fromkeys(PARAMETER.sub(r"<\1>", one) for one in plain))


def fill(route: str, values: dict[str, dict[str, Any]]) -> str:
    """Return ``route`` as an address: each parameter from the entry of ``values`` whose prefix is longest."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        prefixes = [prefix for prefix in values if route.startswith(prefix) and name in values[prefix]]
        if not prefixes:
            raise LookupError(f"tests/support/site_objects.py has no {name} for {route}")
        return str(values[max(prefixes, key=len)][name])

    return "/" + PARAMETER.sub(value, route)
