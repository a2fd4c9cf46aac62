"""How often moderators took which action, by month and rule: a page of the admin, and a CSV file."""

from __future__ import annotations

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

from discussion.moderation.forms import default_settings
from discussion.permissions import MODERATE_PERMISSION
from publishing.spreadsheets import csv_response

MAX_MONTHS = 24  # on the page; the file has all


class MonthlyCount(NamedTuple):
    """How often an action was taken in a month, by the rule that was cited, if any."""

    month: datetime
    action: str
    rule: str
    number: int


def monthly_counts() -> list[MonthlyCount]:
    """Return the counts, newest month first; two queries."""
    rules = default_settings()
    entries = ModelLogEntry.objects.filter(action__startswith="discussion.").order_by()
    entries = entries.annotate(month=TruncMonth("timestamp"), rule=F("data__rule"))
    rows = entries.values("month", "action", "rule").annotate(number=Count("pk"))
    counts = [
        MonthlyCount(
            row["month"],
            str(registry.get_action_label(row["action"])),
            rules.rule_title(row["rule"]) if isinstance(row["rule"], int) else "",
            row["number"],
        )
        for row in rows
    ]
    return sorted(sorted(counts, key=lambda count: count[1:3]), key=lambda count: count.month, reverse=True)


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """Show the counts, or send them as a file with ``?export=csv``; 403 for who may not moderate."""
    if not request.user.has_perm(MODERATE_PERMISSION):
        raise PermissionDenied
    counts = monthly_counts()
    if request.GET.get("export") == "csv":
        header = [_("Month"), _("Action"), _("House rule"), _("Number")]
        rows = ((date_format(month, "Y-m"), action, rule, number) for month, action, rule, number in counts)
        return csv_response("moderation.csv", header, rows)
    months = sorted({count.month for count in counts}, reverse=True)[:MAX_MONTHS]
    context = {"counts": [count for count in counts if count.month in months]}
    return render(request, "discussion/admin/statistics.html", context)
