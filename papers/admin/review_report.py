"""The report of all files: how far each edition has come through the gate."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import AdminDateInput
from wagtail.permissions import page_permission_policy

from papers.models import Edition, Outcome
from publishing.spreadsheets import spreadsheet_safe

UNDECIDED = "undecided"


class Filters(WagtailFilterSet):
    outcome = django_filters.ChoiceFilter(
        label=gettext_lazy("Outcome"),
        choices=[*Outcome.Kind.choices, (UNDECIDED, gettext_lazy("no outcome yet"))],
        method="with_outcome",
    )
    state = django_filters.ChoiceFilter(label=gettext_lazy("Edition"), choices=Edition.State.choices)
    due = django_filters.DateFilter(
        label=gettext_lazy("To be mended by"),
        field_name="outcome__due",
        lookup_expr="lte",
        widget=AdminDateInput,
    )

    class Meta:
        model = Edition
        fields = ["outcome", "state", "due"]

    def with_outcome(self, editions: QuerySet[Edition], name: str, value: str) -> QuerySet[Edition]:
        current = Q(outcome__sha256=F("document__record__sha256")) & ~Q(outcome__kind="")
        if value == UNDECIDED:
            return editions.exclude(pk__in=Edition.objects.filter(current).values("pk"))
        return editions.filter(current, outcome__kind=value)


class GateReport(ReportView):
    """Every edition's file, the most pressing first, to look through and to take along as CSV."""

    model = Edition
    page_title = gettext_lazy("Files at the gate")
    header_icon = "check"
    filterset_class = Filters
    index_url_name = "papers_editions:gate_report"
    index_results_url_name = "papers_editions:gate_report_results"
    results_template_name = "papers/gate/all_files.html"
    export_filename = "files-at-the-gate"
    is_searchable = False
    list_export = [
        "paper.title", "number", "get_state_display", "dated", "outcome_words", "outcome_due",
        "outcome_reason", "findings", "decided_by", "decided_on", "sha256",
    ]  # fmt: skip
    export_headings = {
        "paper.title": gettext_lazy("Paper"),
        "number": gettext_lazy("Edition"),
        "get_state_display": gettext_lazy("State"),
        "dated": gettext_lazy("Date"),
        "outcome_words": gettext_lazy("Outcome"),
        "outcome_due": gettext_lazy("To be mended by"),
        "outcome_reason": gettext_lazy("Reason"),
        "findings": gettext_lazy("Found by machine"),
        "decided_by": gettext_lazy("Decided by"),
        "decided_on": gettext_lazy("Decided on"),
        "sha256": "SHA-256",
    }

    def get_queryset(self) -> QuerySet[Edition]:
        papers = page_permission_policy.instances_user_has_permission_for(self.request.user, "change")
        editions = Edition.objects.filter(paper__in=papers.values("pk"))
        return editions.select_related("paper", "document__record__report", "outcome").order_by(
            F("outcome__due").asc(nulls_last=True), "paper__title", "-number"
        )

    def to_row_dict(self, item: Edition) -> dict[str, Any]:
        decision, report = item.decision, item.report
        more = {
            "outcome_words": decision.get_kind_display() if decision else _("no outcome yet"),
            "outcome_due": decision.due if decision else None,
            "outcome_reason": decision.reason if decision else "",
            "findings": report.total if report else None,
            "decided_by": decision.decided_by_name if decision else "",
            "decided_on": decision.decided_at.date() if decision else None,
            "sha256": item.record.sha256 if item.record else "",
            "paper.title": item.paper.title,
            "get_state_display": item.get_state_display(),
        }
        return {name: more[name] if name in more else getattr(item, name) for name in self.list_export}

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Keep words from being taken for a formula by the program that opens the list."""
        written = super().preprocess_field_value(field, value, export_format)
        if written is None:
            return ""
        return spreadsheet_safe(written) if isinstance(written, str) else written
