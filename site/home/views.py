"""Health, robots and security.txt."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from home import health


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether requests can be answered; 503 while database, migrations or cache are not there."""
    is_ready, findings = health.examine()
    return JsonResponse(findings, status=HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE)


# Of two rules the longer counts, for older robots the first. Besides what is nobody's to index, this
# keeps robots out of forms, and out of what exists once for every page, word and size asked for.
FOR_ROBOTS = """\
User-agent: *
Allow: /discussion/$
Allow: /discussion/comment/
Allow: /discussion/feed/
Allow: /oai/
Disallow: /discussion/
Disallow: /admin/
Disallow: /accounts/
Disallow: /search/
Disallow: /papers/copies/
Disallow: /papers/accessible-format/
Disallow: /*/cite/?
Disallow: /*/read/*?
Disallow: /*&
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [*FOR_ROBOTS.splitlines(), f"Sitemap: {settings.BASE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Tell whom to write to about a weakness (RFC 9116)."""
    # The first of a month, not "a year from now": the same bytes for a month.
    first = timezone.now().replace(day=1, hour=0, minute=0, second=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {(first + timedelta(days=180)).isoformat('T', 'seconds')}",
        "Preferred-Languages: en",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
