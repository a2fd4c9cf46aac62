"""Findings of a reading, in words for editors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from papers.pdf.warnings import PdfWarning, WarningKind

# Stored beside the kinds a reading knows: these say that there was no reading.
FILE_UNREADABLE = "file-unreadable"
READER_FAILED = "reader-failed"

WORDS = {
    WarningKind.RESTRICTED: _("Printing, copying or changing this file is restricted."),
    WarningKind.DOCUMENT_INFO_UNREADABLE: _("Title, language and outline could not be read."),
    WarningKind.PAGE_UNREADABLE: _("The text could not be read."),
    WarningKind.PAGE_CUT: _("The text is too long and was cut."),
    WarningKind.PAGE_LEFT_OUT: _("The text was left out."),
    WarningKind.FURTHER_PAGES_LEFT_OUT: _("There are more pages than are read."),
    WarningKind.NO_TEXT: _(
        "There is no text on any page; perhaps it is a scan. Search won't find its words."
    ),
    WarningKind.NO_COVER: _("No picture of the cover could be made."),
    WarningKind.JAVASCRIPT_REMOVED: _("Scripts were taken out of this file when it came in."),
    WarningKind.LAUNCH_REMOVED: _("Actions that start programs were taken out of this file when it came in."),
    WarningKind.EMBEDDED_REMOVED: _("Files embedded in this one were taken out when it came in."),
    FILE_UNREADABLE: _(
        "The file took too much time or memory, or is damaged inside. "
        "Readers can download it; search won't find its words."
    ),
    READER_FAILED: _("The file could not be read just now. It will be tried again."),
}

Stored = dict[str, Any]


def stored(findings: Iterable[PdfWarning]) -> list[Stored]:
    """Return findings as they are kept in the database."""
    return [{"kind": finding.kind.value, "page": finding.page} for finding in findings]


def in_words(findings: Iterable[Stored]) -> list[str]:
    """Return each finding as a sentence in the reader's language; unknown kinds are passed over."""
    return [sentence(finding) for finding in findings if finding["kind"] in WORDS]


def sentence(finding: Stored) -> str:
    words = str(WORDS[finding["kind"]])
    if finding.get("page") is None:
        return words
    return gettext("Page %(page)s: %(finding)s") % {"page": finding["page"], "finding": words}
