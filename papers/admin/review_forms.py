"""What a person says about a file at the gate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from papers.models import Outcome

NO_OUTCOME = _("no outcome yet")
WANTS_A_DATE = _("Say by which day the problems will be mended.")
DATE_HAS_PASSED = _("This day has passed. Give one to come.")
WANTS_A_REASON = _("Give a reason: readers see it on the paper's page.")
NOT_LOOKED_THROUGH = _(
    "A file is ready when all four questions are answered with “no problem found”. "
    "Otherwise choose known problems, with a date."
)
DESPITE_THE_MACHINE = _(
    "The machine found something to mend. Mend it, or give the reason why the file is ready."
)
NOTHING_TO_READ = _(
    "No words were read from this file, so there would be nothing to read in the browser. "
    "Choose another outcome, or upload a file with text."
)


class OutcomeForm(forms.ModelForm):
    """The checklist and the outcome; the report of the machine is judged with them."""

    class Meta:
        model = Outcome
        fields = [*Outcome.CHECKLIST, "kind", "due", "reason"]
        widgets = {
            **dict.fromkeys(Outcome.CHECKLIST, forms.RadioSelect),
            "kind": forms.RadioSelect,
            "due": AdminDateInput,
            "reason": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "due": _("For known problems."),
            "reason": _("For known problems, and wherever readers should know why. Shown to readers."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in Outcome.CHECKLIST:
            self.fields[name].choices = Outcome.Look.choices
        chosen = [choice for choice in Outcome.Kind.choices if choice[0]]
        self.fields["kind"].choices = [("", NO_OUTCOME), *chosen]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        kind, due, reason = said.get("kind"), said.get("due"), said.get("reason")
        if kind == Outcome.Kind.KNOWN_PROBLEMS:
            if "due" not in self.errors and due is None:
                self.add_error("due", WANTS_A_DATE)
            elif due and due < timezone.localdate() and "due" in self.changed_data:
                self.add_error("due", DATE_HAS_PASSED)
            if not reason:
                self.add_error("reason", WANTS_A_REASON)
        elif kind:
            said["due"] = None
        if kind == Outcome.Kind.READY:
            self._judge_readiness(said)
        if kind == Outcome.Kind.HTML_ONLY and not self._has_words():
            self.add_error("kind", NOTHING_TO_READ)
        return said

    def _has_words(self) -> bool:
        record = self.instance.edition.record
        return record is not None and record.pages.exclude(text="").exists()

    def _judge_readiness(self, said: dict[str, Any]) -> None:
        if any(said.get(name) != Outcome.Look.GOOD for name in Outcome.CHECKLIST):
            self.add_error("kind", NOT_LOOKED_THROUGH)
        report = self.instance.edition.report
        if (report is None or report.total) and not said.get("reason"):
            self.add_error("reason", DESPITE_THE_MACHINE)
