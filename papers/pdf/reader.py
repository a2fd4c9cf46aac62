"""Read a whole PDF. Whatever goes wrong inside becomes a warning."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import sandbox
from papers.pdf.preflight import MAX_PAGES
from papers.pdf.text.blocks import Block
from papers.pdf.warnings import PdfWarning, WarningKind

MAX_SECONDS = 120.0
MAX_SECONDS_PER_STEP = 15.0
MAX_COVER_SECONDS = 20.0
MAX_MEGABYTES = 1024
MAX_TEXT_LENGTH = 10_000_000
MAX_RESTARTS = 20

COVER_WIDTH = 480
MAX_COVER_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` and ``page`` count from 1; ``page`` is None where it leads nowhere."""

    level: int
    title: str
    page: int | None


@dataclass(frozen=True, slots=True)
class PageLayout:
    """The blocks of a page and its size in points; None where it could not be read."""

    blocks: list[Block] = field(default_factory=list)
    width: float | None = None
    height: float | None = None


@dataclass(slots=True)
class PdfContent:
    """``pages`` holds the text of each page, page 1 first, blank lines between paragraphs.

    ``language`` is a tag such as ``en-US`` and ``version`` reads ``1.7``; both are
    empty where the file doesn't say. ``covers`` are the images that were
    written, the preferred one first, each as large as ``cover_size``.
    """

    title: str = ""
    language: str = ""
    version: str = ""
    tagged: bool = False
    outline: list[Heading] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    layouts: list[PageLayout] = field(default_factory=list)
    warnings: list[PdfWarning] = field(default_factory=list)
    covers: tuple[Path, ...] = ()
    cover_size: tuple[int, int] | None = None

    def add_step(self, message: sandbox.Message) -> None:
        """Add the message of one step; pages come in their order."""
        number = message["step"]
        if number > 0:
            self.pages.append(message["text"])
            self.layouts.append(
                PageLayout(message.get("blocks", []), message.get("width"), message.get("height"))
            )
            if "warning" in message:
                self.warnings.append(PdfWarning(WarningKind(message["warning"]), number))
        elif "warning" in message:
            self.warnings.append(PdfWarning(WarningKind.DOCUMENT_INFO_UNREADABLE))
        else:
            self.title, self.language = message["title"], message["language"]
            self.version, self.tagged = message["version"], message["tagged"]
            self.outline = [Heading(**heading) for heading in message["outline"]]


def read(
    path: str | os.PathLike[str],
    *,
    cover_path: Path | None = None,
    seconds: float = MAX_SECONDS,
    seconds_per_step: float = MAX_SECONDS_PER_STEP,
    megabytes: int = MAX_MEGABYTES,
    max_pages: int = MAX_PAGES,
) -> PdfContent:
    """Return the content of the PDF at ``path``, within ``seconds`` altogether.

    With ``cover_path`` an image of page 1 is written there as WebP, and beside it
    with the suffixes ``.jpg`` and ``.avif``.

    Raises SandboxError for a file that doesn't open at all: preflight it first.
    """
    deadline = time.monotonic() + seconds
    content = PdfContent()
    if cover_path is not None:
        time_for_cover = min(seconds / 3, MAX_COVER_SECONDS)
        _render_cover(content, path, cover_path, seconds=time_for_cover, megabytes=megabytes)
    pages = PageReader(path, deadline, seconds_per_step, megabytes, max_pages)
    for message in pages:
        content.add_step(message)
    for number in range(len(content.pages) + 1, min(pages.page_count, max_pages) + 1):
        content.pages.append("")
        content.layouts.append(PageLayout())
        content.warnings.append(PdfWarning(WarningKind.PAGE_LEFT_OUT, number))
    if pages.page_count > max_pages:
        content.warnings.append(PdfWarning(WarningKind.FURTHER_PAGES_LEFT_OUT))
    if not any(content.pages):
        content.warnings.append(PdfWarning(WarningKind.NO_TEXT))
    return content


@dataclass(slots=True)
class PageReader:
    """Iterate over the messages of a file's steps, in as many child processes as it takes.

    A step at which a child ended is tried once more as the first step of the
    next child, unless it ran out of time: the pages before may have used up the
    first child's memory. If that fails too the step is skipped.
    """

    path: str | os.PathLike[str]
    deadline: float
    seconds_per_step: float
    megabytes: int
    max_pages: int
    worker: str = "papers.pdf.text_worker"
    characters_left: int = MAX_TEXT_LENGTH
    page_count: int = 0

    def __iter__(self) -> Iterator[sandbox.Message]:
        first = 0
        for _ in range(MAX_RESTARTS):
            messages, error = self._run_worker(first)
            yield from messages
            step = first + len(messages)
            if error is None or self.deadline <= time.monotonic():
                return
            if step == first or isinstance(error, sandbox.TimeLimitError):
                yield {"step": step, "text": "", "warning": WarningKind.PAGE_UNREADABLE}
                step += 1
            first = step
            if first > min(self.page_count, self.max_pages):
                return

    def _run_worker(self, first: int) -> tuple[list[sandbox.Message], sandbox.SandboxError | None]:
        """Return what one child yielded from step ``first`` on, and the error that ended it."""
        args = {
            "first": first,
            "max_pages": self.max_pages,
            "characters_left": self.characters_left,
            "seconds_per_step": self.seconds_per_step,
        }
        seconds = max(0.1, self.deadline - time.monotonic())
        error = None
        try:
            messages = sandbox.run(
                self.worker, self.path, seconds=seconds, megabytes=self.megabytes, args=args
            )
        except sandbox.SandboxError as raised:
            messages, error = raised.messages, raised
        if messages:
            self.page_count = messages[0]["page_count"]
        elif not self.page_count:
            assert error is not None
            raise error
        steps = messages[1:]
        self.characters_left -= sum(len(step.get("text", "")) for step in steps)
        return steps, error


def _render_cover(
    content: PdfContent, path: str | os.PathLike[str], cover_path: Path, *, seconds: float, megabytes: int
) -> None:
    covers = tuple(cover_path.absolute().with_suffix(suffix) for suffix in (".webp", ".jpg", ".avif"))
    args = dict(zip(("webp", "jpeg", "avif"), map(str, covers), strict=True)) | {"width": COVER_WIDTH}
    try:
        (message,) = sandbox.run(
            "papers.pdf.page_image",
            path,
            seconds=seconds,
            megabytes=megabytes,
            max_file_bytes=MAX_COVER_BYTES,
            args=args,
        )
    except sandbox.SandboxError:
        for cover in covers:
            cover.unlink(missing_ok=True)
        content.warnings.append(PdfWarning(WarningKind.NO_COVER))
    else:
        content.covers, content.cover_size = covers, (message["width"], message["height"])
