"""Leads from every address of a page that was renamed or moved to the one it has now."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

MAX_SEGMENTS = 8  # of an address below a page, such as editions/1/read/2/picture-webp/
MAX_LENGTH = 2_000  # characters of an address


class MovedPageMiddleware(RedirectMiddleware):
    """Wagtail's redirects, which lose the query and know only the sub-addresses they were made with."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code != HTTPStatus.NOT_FOUND or len(request.path_info) > MAX_LENGTH:
            return response
        redirected = super().process_response(request, response)
        if redirected is response:
            target = target_below_moved_page(request)
            redirected = HttpResponsePermanentRedirect(target) if target else response
        if redirected is not response and (query := request.META.get("QUERY_STRING", "")):
            location = redirected["Location"]
            if "?" not in location:
                redirected["Location"] = f"{location}?{query}"
        return redirected


def target_below_moved_page(request: HttpRequest) -> str:
    """Return where an address below a moved page is now; empty where no page above it was moved."""
    *above, last = Redirect.normalise_path(request.path_info).rpartition("/")
    base, rest = above[0], [last]
    while base and len(rest) <= MAX_SEGMENTS:
        redirect = get_redirect(request, base)
        if redirect is not None:
            is_moved_page = redirect.automatically_created and redirect.redirect_page is not None
            return f"{redirect.link.rstrip('/')}/{'/'.join(rest)}/" if is_moved_page else ""
        base, _, last = base.rpartition("/")
        rest.insert(0, last)
    return ""
