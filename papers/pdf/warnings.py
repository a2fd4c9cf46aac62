"""What was found while reading a PDF: kept with it, never a reason to lose it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The values are stored: add to them, never rename one."""

    RESTRICTED = "restricted"
    PARTICULARS_UNREADABLE = "particulars-unreadable"
    PAGE_UNREADABLE = "page-unreadable"
    PAGE_CUT = "page-cut"
    PAGE_LEFT_OUT = "page-left-out"
    FURTHER_PAGES_LEFT_OUT = "further-pages-left-out"
    NO_TEXT = "no-text"
    NO_COVER = "no-cover"
    JAVASCRIPT_REMOVED = "javascript-removed"
    LAUNCH_REMOVED = "launch-removed"
    EMBEDDED_REMOVED = "embedded-removed"


# What is known before a file is read, and outlasts every reading.
AT_THE_FORM = frozenset(
    {Kind.RESTRICTED, Kind.JAVASCRIPT_REMOVED, Kind.LAUNCH_REMOVED, Kind.EMBEDDED_REMOVED}
)


IN_ENGLISH = {
    Kind.RESTRICTED: "printing, copying or changing is restricted",
    Kind.PARTICULARS_UNREADABLE: "title, language and outline could not be read",
    Kind.PAGE_UNREADABLE: "text could not be read",
    Kind.PAGE_CUT: "text is too long and was cut",
    Kind.PAGE_LEFT_OUT: "text was left out",
    Kind.FURTHER_PAGES_LEFT_OUT: "there are more pages than are read",
    Kind.NO_TEXT: "no text on any page; perhaps a scan",
    Kind.NO_COVER: "no cover picture could be made",
    Kind.JAVASCRIPT_REMOVED: "scripts were taken out",
    Kind.LAUNCH_REMOVED: "actions that start programs were taken out",
    Kind.EMBEDDED_REMOVED: "embedded files were taken out",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """``page`` counts from 1; without one the finding is about the whole file."""

    kind: Kind
    page: int | None = None

    def __str__(self) -> str:
        """Return the finding in English, for logs; pages say it in the reader's language."""
        words = IN_ENGLISH[self.kind]
        return words if self.page is None else f"page {self.page}: {words}"
