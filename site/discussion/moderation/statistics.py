"""How often moderators did what, month by month and rule by rule: a page of the admin, and a file."""

from __future__ import annotations

import csv
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F
from django.db.models.functions import TruncMonth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from discussion.moderation.bulk_actions import MAY
from discussion.moderation.forms import default_rules

MONTHS_SHOWN = 24
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Line(NamedTuple):
    """One act of one month, with the rule that was cited, if any, and how often."""

    month: datetime
    act: str
    rule: str
    number: int


def counts() -> list[Line]:
    """Return what was done, the newest month first; two queries."""
    rules = default_rules()
    done = ModelLogEntry.objects.filter(action__startswith="discussion.").order_by()
    done = done.annotate(month=TruncMonth("timestamp"), cited=F("data__rule"))
    found = done.values("month", "action", "cited").annotate(number=Count("pk"))
    lines = [
        Line(
            row["month"],
            str(registry.get_action_label(row["action"])),
            rules.rule_title(row["cited"]) if isinstance(row["cited"], int) else "",
            row["number"],
        )
        for row in found
    ]
    return sorted(sorted(lines, key=lambda line: line[1:3]), key=lambda line: line.month, reverse=True)


@require_safe
def acts(request: HttpRequest) -> HttpResponse:
    """Show the counts, or hand them out with ``?export=csv``; 403 for who may not moderate."""
    if not request.user.has_perm(MAY):
        raise PermissionDenied
    if request.GET.get("export") == "csv":
        return as_csv(counts())
    found = counts()
    months = sorted({line.month for line in found}, reverse=True)[:MONTHS_SHOWN]
    lines = [line for line in found if line.month in months]
    return render(request, "discussion/desk/report.html", {"lines": lines})


def as_csv(lines: list[Line]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="moderation.csv"'
    rows = csv.writer(response)
    rows.writerow([_("Month"), _("Act"), _("House rule"), _("Number")])
    for line in lines:
        rows.writerow([date_format(line.month, "Y-m"), inert(line.act), inert(line.rule), line.number])
    return response


def inert(words: str) -> str:
    """Return ``words`` so that no spreadsheet takes them for a formula."""
    return f"'{words}" if words.startswith(BEGINS_A_FORMULA) else words
