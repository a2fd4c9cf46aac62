"""Check whether a PDF is built to be accessible: tags, titles, languages, fonts."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

import sandbox

MAX_SECONDS = 30.0
MAX_MEGABYTES = 1024
MAX_ISSUES_PER_CODE = 50  # listed one by one; all are counted
MIN_LETTERS = 10  # a page with an image and fewer letters is a scan
PARTS = ("whole", "pages", "tags")


class IssueCode(StrEnum):
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
class Issue:
    """``page`` counts from 1; ``object`` and ``detail`` come from the file and are not translated."""

    code: IssueCode
    page: int | None = None
    object: str = ""
    detail: str = ""

    @property
    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"code": self.code.value}


@dataclass(slots=True)
class CheckResult:
    """``counts`` has the number of issues by code, ``document_info`` title, author and date of the file."""

    issues: list[Issue] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    document_info: dict[str, str] = field(default_factory=dict)

    def add(self, code: IssueCode, *, page: int | None = None, object: str = "", detail: str = "") -> None:
        self.counts[code.value] += 1
        if self.counts[code.value] <= MAX_ISSUES_PER_CODE:
            self.issues.append(Issue(code, page, object[:200], detail[:200]))

    def add_part(self, message: Mapping[str, Any]) -> None:
        """Add the message of one part of the check."""
        self.counts.update(message["counts"])
        self.issues += [Issue(**issue | {"code": IssueCode(issue["code"])}) for issue in message["issues"]]
        self.document_info |= message.get("document_info", {})

    @property
    def as_message(self) -> dict[str, Any]:
        return {"issues": [issue.as_dict for issue in self.issues], "counts": dict(self.counts)}


def check(
    path: str | os.PathLike[str],
    *,
    letters_per_page: Sequence[int] = (),
    seconds: float = MAX_SECONDS,
    megabytes: int = MAX_MEGABYTES,
) -> CheckResult:
    """Return the issues that can be found automatically in the PDF at ``path``.

    ``letters_per_page`` is the length of each page's text, page 1 first. Never
    raises because of the file: a part that could not be checked, because it took
    too much time or memory or is broken, is an issue as well.
    """
    try:
        messages = sandbox.run("papers.pdf.accessibility.worker", path, seconds=seconds, megabytes=megabytes)
    except sandbox.SandboxError as error:
        messages = list(error.messages)
    return collect(messages, letters_per_page)


def collect(messages: Iterable[sandbox.Message], letters_per_page: Sequence[int]) -> CheckResult:
    """Return the result of a child's messages; a part without a message is an issue."""
    messages, result = list(messages), CheckResult()
    for message in messages:
        result.add_part(message)
    done = {message["part"] for message in messages}
    for part in PARTS:
        if part not in done:
            result.add(IssueCode.UNCHECKED, detail=part)
    pictures = [number for message in messages for number in message.get("pictures", [])]
    add_scans(result, pictures, letters_per_page)
    return result


def add_scans(result: CheckResult, pictures: Sequence[int], letters_per_page: Sequence[int]) -> None:
    """Add the pages that are images of text; if they are at least half of all, the file is a scan."""
    scanned = [number for number in pictures if sum(letters_per_page[number - 1 : number]) < MIN_LETTERS]
    if letters_per_page and 2 * len(scanned) >= len(letters_per_page):
        result.add(IssueCode.SCAN, detail=f"{len(scanned)}/{len(letters_per_page)}")
        return
    for number in scanned:
        result.add(IssueCode.PICTURE_PAGE, page=number)
