"""What readers are told about the accessibility of a file: never more than is known."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from django.template.defaultfilters import date as format_date
from django.utils.translation import gettext

from papers.accessibility.outcomes import Outcome
from papers.files import languages


class CheckedFile(Protocol):
    language: str
    tagged: bool


class CheckResult(Protocol):
    @property
    def total(self) -> int: ...


class Review(Protocol):
    outcome: str
    reason: str
    fix_by: date | None
    decided_at: datetime


def accessibility_statement(
    record: CheckedFile | None, report: CheckResult | None, review: Review | None
) -> list[str]:
    """Return two sentences: how the file is built, and what check and review found.

    Empty until the file was checked. ``review`` must be of this very file.
    """
    if record is None or report is None:
        return []
    return [structure_sentence(record), review_sentence(report, review)]


def structure_sentence(record: CheckedFile) -> str:
    language = languages.name(record.language)
    if record.tagged and language:
        return gettext("The file is tagged and in %(language)s.") % {"language": language}
    if record.tagged:
        return gettext("The file is tagged.")
    if language:
        return gettext("The file is in %(language)s and not tagged.") % {"language": language}
    return gettext("The file is not tagged.")


def review_sentence(report: CheckResult, review: Review | None) -> str:
    if review is None:
        return (
            gettext("The automatic accessibility check found issues in it.")
            if report.total
            else gettext("Accessibility check: no issues found automatically.")
        )
    if review.outcome == Outcome.KNOWN_PROBLEMS:
        values = {"day": format_date(review.fix_by, "DATE_FORMAT"), "reason": review.reason}
        return gettext("It has known problems, which will be fixed by %(day)s: %(reason)s") % values
    if review.outcome == Outcome.ARCHIVED:
        return gettext("It is an archived document, kept unchanged.")
    if review.outcome == Outcome.HTML_ONLY:
        return gettext("It does not work with assistive technology. Read the white paper online instead.")
    values = {"day": format_date(review.decided_at, "DATE_FORMAT")}
    if report.total:
        return gettext("A person reviewed it on %(day)s.") % values
    return (
        gettext("Accessibility check: no issues found automatically. A person reviewed the file on %(day)s.")
        % values
    )
