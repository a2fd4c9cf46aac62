"""Read a whole PDF. Whatever goes wrong inside becomes a finding."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from papers.pdf import sandbox
from papers.pdf.preflight import MOST_PAGES
from papers.pdf.text.blocks import Block
from papers.pdf.warnings import Finding, Kind

SECONDS = 120.0
SECONDS_A_STEP = 15.0
SECONDS_OF_THE_COVER = 20.0
MEGABYTES = 1024
LONGEST_TEXT = 10_000_000
MOST_STARTS = 20

COVER_WIDTH = 480
BIGGEST_COVER = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` and ``page`` count from 1; ``page`` is None where it leads nowhere."""

    level: int
    title: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Layout:
    """What a page is made of, as ``blocks`` has it, and its size in points; None where it wasn't read."""

    blocks: list[Block] = field(default_factory=list)
    width: float | None = None
    height: float | None = None


@dataclass(slots=True)
class Reading:
    """``pages`` holds the text of each page, page 1 first, blank lines between paragraphs.

    ``language`` is a tag such as ``en-US`` and ``version`` reads ``1.7``; both are
    empty where the file doesn't say. ``covers`` are the pictures that were
    written, the preferred one first.
    """

    title: str = ""
    language: str = ""
    version: str = ""
    tagged: bool = False
    outline: list[Heading] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    layouts: list[Layout] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    covers: tuple[Path, ...] = ()

    def take(self, line: sandbox.Answer) -> None:
        """Add what was found at one step; pages come in their order."""
        number = line["step"]
        if number > 0:
            self.pages.append(line["text"])
            self.layouts.append(Layout(line.get("blocks", []), line.get("width"), line.get("height")))
            if "found" in line:
                self.findings.append(Finding(Kind(line["found"]), number))
        elif "found" in line:
            self.findings.append(Finding(Kind.PARTICULARS_UNREADABLE))
        else:
            self.title, self.language = line["title"], line["language"]
            self.version, self.tagged = line["version"], line["tagged"]
            self.outline = [Heading(**heading) for heading in line["outline"]]


def read(
    path: str | os.PathLike[str],
    *,
    cover_to: Path | None = None,
    seconds: float = SECONDS,
    seconds_a_step: float = SECONDS_A_STEP,
    megabytes: int = MEGABYTES,
    most_pages: int = MOST_PAGES,
) -> Reading:
    """Return what the PDF at ``path`` says, within ``seconds`` altogether.

    With ``cover_to`` a picture of page 1 is written there as WebP, and beside it
    with the suffixes ``.jpg`` and ``.avif`` for whoever reads no WebP, or better.

    Raises child.Unreadable for a file that doesn't open at all: examine first.
    """
    ends_at = time.monotonic() + seconds
    reading = Reading()
    if cover_to is not None:
        _paint(reading, path, cover_to, seconds=min(seconds / 3, SECONDS_OF_THE_COVER), megabytes=megabytes)
    pages = Pages(path, ends_at, seconds_a_step, megabytes, most_pages)
    for line in pages:
        reading.take(line)
    for number in range(len(reading.pages) + 1, min(pages.count, most_pages) + 1):
        reading.pages.append("")
        reading.layouts.append(Layout())
        reading.findings.append(Finding(Kind.PAGE_LEFT_OUT, number))
    if pages.count > most_pages:
        reading.findings.append(Finding(Kind.FURTHER_PAGES_LEFT_OUT))
    if not any(reading.pages):
        reading.findings.append(Finding(Kind.NO_TEXT))
    return reading


@dataclass(slots=True)
class Pages:
    """Go through a file step by step, in as many children as it wears out.

    A step at which a child ended is tried once more at the head of the next
    child, unless time was what it lacked: what wore out the first child may be
    the pages before. If that fails too it is left and the next one is taken.
    """

    path: str | os.PathLike[str]
    ends_at: float
    seconds_a_step: float
    megabytes: int
    most_pages: int
    program: str = "papers.pdf.text_worker"
    room: int = LONGEST_TEXT
    count: int = 0

    def __iter__(self) -> Iterator[sandbox.Answer]:
        first = 0
        for _ in range(MOST_STARTS):
            lines, error = self._run(first)
            yield from lines
            at = first + len(lines)
            if error is None or self.ends_at <= time.monotonic():
                return
            if at == first or isinstance(error, sandbox.TooSlow):
                yield {"step": at, "text": "", "found": Kind.PAGE_UNREADABLE}
                at += 1
            first = at
            if first > min(self.count, self.most_pages):
                return

    def _run(self, first: int) -> tuple[list[sandbox.Answer], sandbox.Unreadable | None]:
        """Return what one child found from step ``first`` on, and what ended it."""
        args = {
            "first": first,
            "most_pages": self.most_pages,
            "room": self.room,
            "seconds_a_step": self.seconds_a_step,
        }
        left = max(0.1, self.ends_at - time.monotonic())
        error = None
        try:
            said = sandbox.run(self.program, self.path, seconds=left, megabytes=self.megabytes, args=args)
        except sandbox.Unreadable as stop:
            said, error = stop.said, stop
        if said:
            self.count = said[0]["page_count"]
        elif not self.count:
            assert error is not None
            raise error
        lines = said[1:]
        self.room -= sum(len(line.get("text", "")) for line in lines)
        return lines, error


def _paint(
    reading: Reading, path: str | os.PathLike[str], cover_to: Path, *, seconds: float, megabytes: int
) -> None:
    covers = tuple(cover_to.absolute().with_suffix(suffix) for suffix in (".webp", ".jpg", ".avif"))
    args = dict(zip(("webp", "jpeg", "avif"), map(str, covers), strict=True)) | {"width": COVER_WIDTH}
    try:
        sandbox.run(
            "papers.pdf.page_image",
            path,
            seconds=seconds,
            megabytes=megabytes,
            may_write=BIGGEST_COVER,
            args=args,
        )
    except sandbox.Unreadable:
        for cover in covers:
            cover.unlink(missing_ok=True)
        reading.findings.append(Finding(Kind.NO_COVER))
    else:
        reading.covers = covers
