"""What went wrong while a file was read, in sentences for editors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from papers.pdf.warnings import PdfWarning, WarningKind

# Stored beside the kinds a reading knows: these say that there was no reading.
FILE_UNREADABLE = "file-unreadable"
READER_FAILED = "reader-failed"

SENTENCES = {
    WarningKind.RESTRICTED: _("Printing, copying or changing this file is restricted."),
    WarningKind.DOCUMENT_INFO_UNREADABLE: _("The title, language and outline could not be read."),
    WarningKind.PAGE_UNREADABLE: _("The text could not be read."),
    WarningKind.PAGE_CUT: _("The text is too long and was cut."),
    WarningKind.PAGE_LEFT_OUT: _("The text was skipped."),
    WarningKind.FURTHER_PAGES_LEFT_OUT: _("The file has too many pages: the last ones were not read."),
    WarningKind.NO_TEXT: _("No page has text. The file may be a scan. Search won’t find it by its content."),
    WarningKind.NO_COVER: _("No cover image could be made."),
    WarningKind.JAVASCRIPT_REMOVED: _("Scripts were removed from this file when it was uploaded."),
    WarningKind.LAUNCH_REMOVED: _(
        "Actions that start programs were removed from this file when it was uploaded."
    ),
    WarningKind.EMBEDDED_REMOVED: _("Files embedded in this file were removed when it was uploaded."),
    WarningKind.FORM_ACTION_REMOVED: _(
        "Buttons that send, load or clear a form were turned off when this file was uploaded."
    ),
    WarningKind.MEDIA_REMOVED: _("Sound, video and 3D content was removed when this file was uploaded."),
    WarningKind.OUTSIDE_REMOVED: _(
        "Links to other files, and to anything but web pages, e-mail addresses and phone numbers, "
        "were removed when this file was uploaded."
    ),
    FILE_UNREADABLE: _(
        "The file took too much time or memory, or is damaged inside. "
        "Readers can download it, but search won’t find it by its content."
    ),
    READER_FAILED: _("The file could not be read. The site will try again."),
}

StoredWarning = dict[str, Any]


def serialize(warnings: Iterable[PdfWarning]) -> list[StoredWarning]:
    """Return warnings as ``FileRecord.warnings`` stores them."""
    return [{"kind": warning.kind.value, "page": warning.page} for warning in warnings]


def warning_sentences(warnings: Iterable[StoredWarning]) -> list[str]:
    """Return each warning as a sentence in the current language; kinds unknown by now are left out."""
    return [warning_sentence(warning) for warning in warnings if warning["kind"] in SENTENCES]


def warning_sentence(warning: StoredWarning) -> str:
    sentence = str(SENTENCES[warning["kind"]])
    if warning.get("page") is None:
        return sentence
    return gettext("Page %(page)s: %(warning)s") % {"page": warning["page"], "warning": sentence}
