"""The report of all files: which editions were checked and reviewed, and with what outcome."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import AdminDateInput
from wagtail.permissions import page_permission_policy

from papers.accessibility.outcomes import Outcome
from papers.editions.models import Edition

NO_OUTCOME = "undecided"


class ReviewFilters(WagtailFilterSet):
    outcome = django_filters.ChoiceFilter(
        label=gettext_lazy("Outcome"),
        choices=[*Outcome.choices, (NO_OUTCOME, gettext_lazy("no outcome yet"))],
        method="with_outcome",
    )
    state = django_filters.ChoiceFilter(label=gettext_lazy("Edition"), choices=Edition.State.choices)
    due = django_filters.DateFilter(
        label=gettext_lazy("Fix by"),
        field_name="accessibility_review__fix_by",
        lookup_expr="lte",
        widget=AdminDateInput,
    )

    class Meta:
        model = Edition
        fields = ["outcome", "state", "due"]

    def with_outcome(self, editions: QuerySet[Edition], name: str, value: str) -> QuerySet[Edition]:
        """Keep the editions whose current file was reviewed with this outcome, or was not."""
        current = Q(accessibility_review__sha256=F("document__record__sha256")) & ~Q(
            accessibility_review__outcome=""
        )
        if value == NO_OUTCOME:
            return editions.exclude(pk__in=Edition.objects.filter(current).values("pk"))
        return editions.filter(current, accessibility_review__outcome=value)


class ReviewReport(ReportView):
    """Every edition's file, the next to be fixed first, as a list and as CSV."""

    model = Edition
    page_title = gettext_lazy("Accessibility of files")
    header_icon = "check"
    filterset_class = ReviewFilters
    index_url_name = "papers_admin:review_report"
    index_results_url_name = "papers_admin:review_report_results"
    results_template_name = "papers/accessibility/all_files.html"
    export_filename = "accessibility-of-files"
    is_searchable = False
    list_export = [
        "paper.title", "number", "get_state_display", "publication_date", "outcome", "fix_by",
        "reason", "issue_count", "decided_by", "decided_on", "sha256",
    ]  # fmt: skip
    export_headings = {
        "paper.title": gettext_lazy("White paper"),
        "number": gettext_lazy("Edition"),
        "get_state_display": gettext_lazy("State"),
        "publication_date": gettext_lazy("Date"),
        "outcome": gettext_lazy("Outcome"),
        "fix_by": gettext_lazy("Fix by"),
        "reason": gettext_lazy("Reason"),
        "issue_count": gettext_lazy("Issues found automatically"),
        "decided_by": gettext_lazy("Reviewed by"),
        "decided_on": gettext_lazy("Reviewed on"),
        "sha256": "SHA-256",
    }

    def get_queryset(self) -> QuerySet[Edition]:
        papers = page_permission_policy.instances_user_has_permission_for(self.request.user, "change")
        editions = Edition.objects.filter(paper__in=papers.values("pk"))
        return (
            editions.select_related("paper")
            .with_files()
            .order_by(F("accessibility_review__fix_by").asc(nulls_last=True), "paper__title", "-number")
        )

    def to_row_dict(self, item: Edition) -> dict[str, Any]:
        review, report = item.current_review, item.accessibility_report
        return {
            "paper.title": item.paper.title,
            "number": item.number,
            "get_state_display": item.get_state_display(),
            "publication_date": item.publication_date,
            "outcome": review.get_outcome_display() if review else _("no outcome yet"),
            "fix_by": review.fix_by if review else None,
            "reason": review.reason if review else "",
            "issue_count": report.total if report else None,
            "decided_by": review.decided_by_name if review else "",
            "decided_on": localdate(review.decided_at) if review else None,
            "sha256": item.record.sha256 if item.record else "",
        }

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        prepared = super().preprocess_field_value(field, value, export_format)
        return "" if prepared is None else prepared
