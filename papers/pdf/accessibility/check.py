"""Check how a PDF is built for people who listen to it, enlarge it or use a keyboard."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from papers.pdf import sandbox

SECONDS = 30.0
MEGABYTES = 1024
MOST_OF_A_KIND = 50  # flaws of one kind that are kept one by one; all are counted
FEWEST_LETTERS = 10  # a page with a picture and fewer is a picture of a page
PARTS = ("whole", "pages", "tags")


class Code(StrEnum):
    """The values are stored: add to them, never rename one."""

    BARRED = "barred"
    SCAN = "scan"
    PICTURE_PAGE = "picture-page"
    NOT_TAGGED = "not-tagged"
    TAGS_SUSPECT = "tags-suspect"
    NO_LANGUAGE = "no-language"
    NO_TITLE = "no-title"
    TITLE_IS_A_FILE_NAME = "title-is-a-file-name"
    TITLE_NOT_SHOWN = "title-not-shown"
    FIGURE_WITHOUT_ALTERNATIVE = "figure-without-alternative"
    TABLE_WITHOUT_HEADERS = "table-without-headers"
    NO_HEADINGS = "no-headings"
    HEADING_SKIPPED = "heading-skipped"
    LIST_BADLY_BUILT = "list-badly-built"
    NO_BOOKMARKS = "no-bookmarks"
    TAB_ORDER = "tab-order"
    LINK_WITHOUT_TEXT = "link-without-text"
    FIELD_WITHOUT_NAME = "field-without-name"
    FONT_WITHOUT_UNICODE = "font-without-unicode"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Flaw:
    """``page`` counts from 1; ``object`` and ``detail`` are as the file has them, in no language."""

    code: Code
    page: int | None = None
    object: str = ""
    detail: str = ""

    @property
    def stored(self) -> dict[str, Any]:
        return asdict(self) | {"code": self.code.value}


@dataclass(slots=True)
class Report:
    """``counts`` holds how many flaws of each kind there are, ``particulars`` title, author and date."""

    flaws: list[Flaw] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    particulars: dict[str, str] = field(default_factory=dict)

    def add(self, code: Code, *, page: int | None = None, object: str = "", detail: str = "") -> None:
        self.counts[code.value] += 1
        if self.counts[code.value] <= MOST_OF_A_KIND:
            self.flaws.append(Flaw(code, page, object[:200], detail[:200]))

    def take(self, line: Mapping[str, Any]) -> None:
        """Add what one part of the check found."""
        self.counts.update(line["counts"])
        self.flaws += [Flaw(**flaw | {"code": Code(flaw["code"])}) for flaw in line["flaws"]]
        self.particulars |= line.get("particulars", {})

    @property
    def as_line(self) -> dict[str, Any]:
        return {"flaws": [flaw.stored for flaw in self.flaws], "counts": dict(self.counts)}


def check(
    path: str | os.PathLike[str],
    *,
    letters: Sequence[int] = (),
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
) -> Report:
    """Return what a machine can say of the PDF at ``path``; it never raises because of the file.

    ``letters`` is how many letters a reading found on each page. What could not
    be checked, for it took too much time or memory or is broken, is a flaw too.
    """
    try:
        lines = sandbox.run("papers.pdf.accessibility.worker", path, seconds=seconds, megabytes=megabytes)
    except sandbox.Unreadable as stop:
        lines = list(stop.said)
    return judged(lines, letters)


def judged(lines: Iterable[sandbox.Answer], letters: Sequence[int]) -> Report:
    """Return the report of what a child said; a part it did not come to is a flaw."""
    lines, report = list(lines), Report()
    for line in lines:
        report.take(line)
    done = {line["part"] for line in lines}
    for part in PARTS:
        if part not in done:
            report.add(Code.UNCHECKED, detail=part)
    pictures = [number for line in lines for number in line.get("pictures", [])]
    note_scans(report, pictures, letters)
    return report


def note_scans(report: Report, pictures: Sequence[int], letters: Sequence[int]) -> None:
    """Add the pages that are pictures of text; where they are at least half of all, the file is a scan."""
    bare = [number for number in pictures if sum(letters[number - 1 : number]) < FEWEST_LETTERS]
    if letters and 2 * len(bare) >= len(letters):
        report.add(Code.SCAN, detail=f"{len(bare)}/{len(letters)}")
        return
    for number in bare:
        report.add(Code.PICTURE_PAGE, page=number)
