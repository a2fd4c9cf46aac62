"""How often each edition was fetched, for editors: a chart, its table, and a file for a spreadsheet."""

from __future__ import annotations

import csv
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from papers.admin.download_chart import drawn
from papers.models import DownloadCount, Paper
from publishing.spreadsheets import spreadsheet_safe


@require_safe
def downloads(request: HttpRequest) -> HttpResponse:
    """Show the counts of all papers, or of the one in ``paper``; ``format=csv`` gives every row."""
    chosen = request.GET.get("paper", "")
    papers = Paper.objects.filter(editions__downloads__isnull=False).distinct().order_by("title")
    counts = DownloadCount.objects.by_month().select_related("edition__paper")
    paper = papers.filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 18 else None
    if paper is not None:
        counts = counts.filter(edition__paper=paper)
    if request.GET.get("format") == "csv":
        return as_csv(counts)
    chart = drawn(((count.month, count.number) for count in counts), until=timezone.localdate())
    context = {"chart": chart, "counts": list(counts)[::-1], "papers": papers, "paper": paper}
    return render(request, "papers/admin/downloads.html", context)


def as_csv(counts: Any) -> HttpResponse:
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="downloads.csv"'},
    )
    rows = csv.writer(response)
    rows.writerow([_("Month"), _("Paper"), _("Edition"), _("Downloads")])
    for count in counts:
        title = spreadsheet_safe(count.edition.paper.title)
        rows.writerow([f"{count.month:%Y-%m}", title, count.edition.number, count.number])
    return response
