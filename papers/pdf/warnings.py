"""Warnings from reading a PDF: stored with its record, never a reason to reject it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class WarningKind(StrEnum):
    """The values are stored: add to them, never rename one."""

    RESTRICTED = "restricted"
    DOCUMENT_INFO_UNREADABLE = "particulars-unreadable"
    PAGE_UNREADABLE = "page-unreadable"
    PAGE_CUT = "page-cut"
    PAGE_LEFT_OUT = "page-left-out"
    FURTHER_PAGES_LEFT_OUT = "further-pages-left-out"
    NO_TEXT = "no-text"
    NO_COVER = "no-cover"
    JAVASCRIPT_REMOVED = "javascript-removed"
    LAUNCH_REMOVED = "launch-removed"
    EMBEDDED_REMOVED = "embedded-removed"
    FORM_ACTION_REMOVED = "form-action-removed"
    MEDIA_REMOVED = "media-removed"
    OUTSIDE_REMOVED = "outside-removed"


# What is known before a file is read, and outlasts every reading.
UPLOAD_WARNINGS = frozenset(
    {
        WarningKind.RESTRICTED,
        WarningKind.JAVASCRIPT_REMOVED,
        WarningKind.LAUNCH_REMOVED,
        WarningKind.EMBEDDED_REMOVED,
        WarningKind.FORM_ACTION_REMOVED,
        WarningKind.MEDIA_REMOVED,
        WarningKind.OUTSIDE_REMOVED,
    }
)


MESSAGES = {
    WarningKind.RESTRICTED: "printing, copying or changing is restricted",
    WarningKind.DOCUMENT_INFO_UNREADABLE: "title, language and outline could not be read",
    WarningKind.PAGE_UNREADABLE: "text could not be read",
    WarningKind.PAGE_CUT: "text is too long and was cut",
    WarningKind.PAGE_LEFT_OUT: "text was left out",
    WarningKind.FURTHER_PAGES_LEFT_OUT: "there are more pages than are read",
    WarningKind.NO_TEXT: "no text on any page; perhaps a scan",
    WarningKind.NO_COVER: "no cover picture could be made",
    WarningKind.JAVASCRIPT_REMOVED: "scripts were taken out",
    WarningKind.LAUNCH_REMOVED: "actions that start programs were taken out",
    WarningKind.EMBEDDED_REMOVED: "embedded files were taken out",
    WarningKind.FORM_ACTION_REMOVED: "actions that send, load or reset a form were taken out",
    WarningKind.MEDIA_REMOVED: "sound, video and 3D content was taken out",
    WarningKind.OUTSIDE_REMOVED: "links to other files and unsafe addresses were taken out",
}


@dataclass(frozen=True, slots=True)
class PdfWarning:
    """``page`` counts from 1; without one the warning is about the whole file."""

    kind: WarningKind
    page: int | None = None

    def __str__(self) -> str:
        """Return the warning in English, for logs; the admin shows it translated."""
        message = MESSAGES[self.kind]
        return message if self.page is None else f"page {self.page}: {message}"
