"""How often each edition was downloaded: a chart, its table, and a CSV file."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.permissions import page_permission_policy

from papers.admin.download_chart import make_chart
from papers.downloads.models import DownloadCount, DownloadCountQuerySet
from papers.pages import Paper
from public_forms.numbers import parse_number
from publishing.spreadsheets import csv_response


@require_safe
def downloads(request: HttpRequest) -> HttpResponse:
    """Show the counts of the papers the user may edit, or of one in ``paper``; ``format=csv`` gives all."""
    paper_pk = parse_number(request.GET.get("paper"))
    editable = page_permission_policy.instances_user_has_permission_for(request.user, "change").values("pk")
    papers = Paper.objects.filter(pk__in=editable, editions__downloads__isnull=False)
    papers = papers.distinct().order_by("title")
    counts = DownloadCount.objects.by_month().filter(edition__paper__in=editable)
    counts = counts.select_related("edition__paper")
    paper = papers.filter(pk=paper_pk).first()
    if paper is not None:
        counts = counts.filter(edition__paper=paper)
    if request.GET.get("format") == "csv":
        header = [_("Month"), _("White paper"), _("Edition"), _("Downloads")]
        return csv_response("downloads.csv", header, csv_rows(counts))
    chart = make_chart(((count.month, count.number) for count in counts), until=timezone.localdate())
    context = {"chart": chart, "counts": list(counts)[::-1], "papers": papers, "paper": paper}
    return render(request, "papers/admin/downloads.html", context)


def csv_rows(counts: DownloadCountQuerySet) -> Iterator[tuple[object, ...]]:
    for count in counts:
        yield f"{count.month:%Y-%m}", count.edition.paper.title, count.edition.number, count.number
