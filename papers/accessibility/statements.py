"""What readers are told about how far a file is made for everyone; never more than is known."""

from __future__ import annotations

from django.template.defaultfilters import date
from django.utils.translation import gettext

from papers.accessibility.models import Outcome
from papers.editions.models import Edition
from papers.files import languages


def sentences(edition: Edition | None) -> list[str]:
    """Return plain sentences about an edition's file; none where nothing is known of it yet."""
    if edition is None or edition.record is None or edition.report is None:
        return []
    told = [build(edition), decided(edition) or found(edition)]
    return [sentence for sentence in told if sentence]


def build(edition: Edition) -> str:
    record = edition.record
    language = languages.name(record.language)
    if record.tagged and language:
        return gettext("The file is tagged and in %(language)s.") % {"language": language}
    if record.tagged:
        return gettext("The file is tagged.")
    if language:
        return gettext("The file is in %(language)s and not tagged.") % {"language": language}
    return gettext("The file is not tagged.")


def found(edition: Edition) -> str:
    if edition.report.total:
        return gettext("A machine found problems in it.")
    return gettext("No problems found by machine.")


def decided(edition: Edition) -> str:
    decision = edition.decision
    if decision is None:
        return ""
    if decision.kind == Outcome.Kind.KNOWN_PROBLEMS:
        words = {"day": date(decision.due, "DATE_FORMAT"), "reason": decision.reason}
        return gettext("It has known problems, to be mended by %(day)s: %(reason)s") % words
    if decision.kind == Outcome.Kind.ARCHIVED:
        return gettext("It is an archived document, kept as it was.")
    if decision.kind == Outcome.Kind.HTML_ONLY:
        return gettext("It is not made for assistive technology; read the paper as a web page instead.")
    day = date(decision.decided_at, "DATE_FORMAT")
    if edition.report.total:
        return gettext("A person looked it over on %(day)s.") % {"day": day}
    return gettext("No problems found by machine; a person looked it over on %(day)s.") % {"day": day}
