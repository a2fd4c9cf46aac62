"""How a paper's history in the admin words what was done to its editions and about its requests.

The names of the actions are stored: add to them, never rename one.
"""

from __future__ import annotations

from typing import Any

from django.contrib.humanize.templatetags.humanize import ordinal
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from papers.accessibility.outcomes import Outcome

# Name of the action: its label, and a message about the entry's data.
ACTIONS: dict[str, tuple[Promise, Promise]] = {
    "papers.edition.create": (gettext_lazy("Add edition"), gettext_lazy("Added the %(edition)s edition")),
    "papers.edition.replace": (
        gettext_lazy("Change draft edition"),
        gettext_lazy("Replaced the file of the draft %(edition)s edition"),
    ),
    "papers.edition.publish": (
        gettext_lazy("Publish edition"),
        gettext_lazy("Published the %(edition)s edition"),
    ),
    "papers.edition.withdraw": (
        gettext_lazy("Withdraw edition"),
        gettext_lazy("Withdrew the %(edition)s edition"),
    ),
    "papers.edition.edit": (gettext_lazy("Edit edition"), gettext_lazy("Edited the %(edition)s edition")),
    "papers.edition.delete": (
        gettext_lazy("Delete draft edition"),
        gettext_lazy("Deleted the draft %(edition)s edition"),
    ),
    "papers.gate.decide": (
        gettext_lazy("Review accessibility"),
        gettext_lazy("Reviewed the accessibility of the %(edition)s edition: %(outcome)s"),
    ),
    "papers.gate.replace": (
        gettext_lazy("Replace an archived file"),
        gettext_lazy(
            "The %(edition)s edition replaces an archived one; the legal exception no longer applies"
        ),
    ),
    "papers.request.answer": (
        gettext_lazy("Answer a request"),
        gettext_lazy("Answered request %(reference)s about the %(edition)s edition"),
    ),
}


class EditionLogFormatter(LogFormatter):
    message: Promise

    def format_message(self, entry: Any) -> str:
        outcome = dict(Outcome.choices).get(entry.data.get("outcome"), _("no outcome"))
        edition = ordinal(entry.data.get("edition"))
        return str(self.message) % (entry.data | {"outcome": outcome, "edition": edition})


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for name, (label, message) in ACTIONS.items():
        formatter = type("Formatter", (EditionLogFormatter,), {"label": label, "message": message})
        actions.register_action(name)(formatter)
