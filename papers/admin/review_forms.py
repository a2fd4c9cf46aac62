"""The form of an accessibility review: the checklist and its outcome."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from papers.accessibility.models import AccessibilityReview
from papers.accessibility.outcomes import CheckAnswer, Outcome

NO_OUTCOME = _("no outcome yet")
DATE_REQUIRED = _("Enter the date by which the problems will be fixed.")
DATE_HAS_PASSED = _("This date has passed. Enter a date in the future.")
REASON_REQUIRED = _("Enter a reason. Readers see it on the white paper’s page.")
CHECKLIST_NOT_GOOD = _(
    "A file is ready only if all four questions are answered with “no problem found”. "
    "Otherwise choose “known problems” and enter a date."
)
ISSUES_NOT_EXPLAINED = _(
    "The automatic check found issues. Fix them, or enter the reason why the file is ready anyway."
)
NO_TEXT = _(
    "This file contains no text, so there would be nothing to read online. "
    "Choose another outcome, or upload a file with text."
)


class ReviewForm(forms.ModelForm):
    """The checklist and the outcome, which must not contradict each other or the automatic report."""

    class Meta:
        model = AccessibilityReview
        fields = [*AccessibilityReview.CHECKLIST, "outcome", "fix_by", "reason"]
        widgets = {
            **dict.fromkeys(AccessibilityReview.CHECKLIST, forms.RadioSelect),
            "outcome": forms.RadioSelect,
            "fix_by": AdminDateInput,
            "reason": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "fix_by": _("Required for known problems."),
            "reason": _("Required for known problems. Shown to readers."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in AccessibilityReview.CHECKLIST:
            self._set_choices(name, CheckAnswer.choices)
        self._set_choices("outcome", [("", NO_OUTCOME), *Outcome.choices])

    def _set_choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        outcome = data.get("outcome")
        if outcome == Outcome.KNOWN_PROBLEMS:
            self._check_known_problems(data)
        elif outcome:
            data["fix_by"] = None
        if outcome == Outcome.READY:
            self._check_readiness(data)
        if outcome == Outcome.HTML_ONLY and not self._has_text():
            self.add_error("outcome", NO_TEXT)
        return data

    def _check_known_problems(self, data: dict[str, Any]) -> None:
        fix_by = data.get("fix_by")
        if "fix_by" not in self.errors and fix_by is None:
            self.add_error("fix_by", DATE_REQUIRED)
        elif fix_by and fix_by < timezone.localdate() and "fix_by" in self.changed_data:
            self.add_error("fix_by", DATE_HAS_PASSED)
        if not data.get("reason"):
            self.add_error("reason", REASON_REQUIRED)

    def _check_readiness(self, data: dict[str, Any]) -> None:
        if any(data.get(name) != CheckAnswer.GOOD for name in AccessibilityReview.CHECKLIST):
            self.add_error("outcome", CHECKLIST_NOT_GOOD)
        report = self.instance.edition.accessibility_report
        if (report is None or report.total) and not data.get("reason"):
            self.add_error("reason", ISSUES_NOT_EXPLAINED)

    def _has_text(self) -> bool:
        record = self.instance.edition.record
        return record is not None and record.pages.exclude(text="").exists()
