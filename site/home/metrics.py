"""Figures for Prometheus, in its text format, for whoever has the token."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pagecache import counters

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
HELP = {
    "hits": "Responses sent from kept pages.",
    "misses": "Pages rendered to be kept.",
    "stale": "Kept pages found out of date, or past their time.",
    "passed": "Requests for everybody whose response is not kept.",
    "bytes": "Memory that kept pages take in all processes.",
    "entries": "Kept pages in all processes.",
}


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Return what all web processes have counted; 404 without the token, also where none is set."""
    expected = f"Bearer {settings.METRICS_TOKEN}"
    given = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, expected):
        raise Http404
    return HttpResponse("".join(page_cache_lines()), content_type=CONTENT_TYPE)


def page_cache_lines() -> list[str]:
    lines = []
    for name, value in counters.totals(settings.PAGE_CACHE_FOLDER / "counters").items():
        is_gauge = name in counters.GAUGES
        metric = f"colloquy_page_cache_{name}" + ("" if is_gauge else "_total")
        lines += [
            f"# HELP {metric} {HELP[name]}\n",
            f"# TYPE {metric} {'gauge' if is_gauge else 'counter'}\n",
            f"{metric} {value}\n",
        ]
    return lines
