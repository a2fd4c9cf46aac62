"""Health, robots and security.txt."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether the database answers; 503 while it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "down"}, status=503)
    return JsonResponse({"database": "up"})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        "Disallow: /search/",
        f"Sitemap: {settings.BASE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Tell whom to write to about a weakness (RFC 9116)."""
    # The first of a month, not "a year from now": the same bytes for a month.
    expires = (timezone.now().replace(day=1, hour=0, minute=0, second=0) + timedelta(days=180)).isoformat("T", "seconds")
    contact = settings.SECURITY_CONTACT
    lines = [f"Contact: {contact}", f"Expires: {expires}", "Preferred-Languages: en", f"Canonical: {settings.BASE_URL}/.well-known/security.txt"]  # noqa: E501
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
