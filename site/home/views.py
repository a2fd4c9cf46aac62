"""Health, robots and security.txt, and the pages for errors."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.signin import interrupted
from home import health
from pagecache.dependencies import expires_at


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Return 200: the process answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Return 200 if requests can be answered, 503 while database, migrations or cache are missing."""
    is_ready, findings = health.check()
    return JsonResponse(findings, status=HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE)


# The longest matching rule counts; for older robots, the first. This keeps robots out of pages that
# nobody should index, out of forms, and out of pages that exist for every page, query and zoom level.
ROBOTS_TXT = """\
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
def robots_txt(request: HttpRequest) -> HttpResponse:
    lines = [*ROBOTS_TXT.splitlines(), f"Sitemap: {settings.BASE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say where to report a vulnerability (RFC 9116)."""
    # Counted from the first of the month, so that the file stays the same for a month.
    first = timezone.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    expires_at((first + timedelta(days=32)).replace(day=1))
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {(first + timedelta(days=180)).isoformat('T', 'seconds')}",
        "Preferred-Languages: en",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Let a member send the form again; for all others, say that it has expired."""
    page = interrupted.stale_form(request)
    return page or render(request, "403.html", {"stale_form": True}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    # Without the request: a context processor may be what failed.
    return HttpResponse(render_to_string("500.html"), status=500)
