"""Find and remove active content of a PDF: what runs, sends, fetches or opens something outside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sandbox
from papers.pdf.active_parts import ActiveContent, active_parts
from papers.pdf.preflight import PreflightError, RejectionReason

if TYPE_CHECKING:
    from pikepdf import Pdf

MAX_SECONDS = 10.0
MAX_MEGABYTES = 768
NICENESS = 3  # somebody waits at the upload form
MAX_GROWTH = 16 * 1024 * 1024  # bytes by which a rewritten file may be longer than twice the original
MAX_DEPTH = 600  # direct dictionaries within each other; no PDF reader accepts more


def find(path: str | os.PathLike[str]) -> set[ActiveContent]:
    """Return which kinds are in the file. Raises PreflightError for one that can't be scanned."""
    return _run_worker(path)


def strip(path: str | os.PathLike[str], *, to: Path) -> set[ActiveContent]:
    """Return which kinds were found; if there are any, write the file without them to ``to``.

    Raises PreflightError for a file that can't be scanned or rewritten.
    """
    return _run_worker(path, to=str(to.absolute()))


def _run_worker(path: str | os.PathLike[str], **args: str) -> set[ActiveContent]:
    try:
        (message,) = sandbox.run(
            "papers.pdf.active_content",
            path,
            seconds=MAX_SECONDS,
            megabytes=MAX_MEGABYTES,
            niceness=NICENESS,
            max_file_bytes=Path(path).stat().st_size * 2 + MAX_GROWTH if args else 0,
            args=args,
        )
    except (sandbox.TimeLimitError, sandbox.MemoryLimitError) as error:
        raise PreflightError(RejectionReason.TOO_HARD) from error
    except (sandbox.CrashError, ValueError) as error:
        raise PreflightError(RejectionReason.BROKEN) from error
    return {ActiveContent(kind) for kind in message["active"]}


def run(path: str, *, to: str = "") -> Iterator[sandbox.Message]:
    """Yield which kinds were found. Runs in the child."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        kinds = set(scan(pdf))
        if kinds and to:
            remove(pdf)
            is_encrypted = pdf.is_encrypted
            pdf.save(to, encryption=True if is_encrypted else None, deterministic_id=not is_encrypted)
    yield {"active": sorted(kinds)}


def scan(pdf: Pdf) -> Iterator[ActiveContent]:
    for one, is_stream in iter_dictionaries(pdf):
        yield from (part.kind for part in active_parts(one, is_stream=is_stream))


def remove(pdf: Pdf) -> None:
    """Make active actions do nothing, and drop the keys that lead to other active content."""
    for one, is_stream in iter_dictionaries(pdf):
        for part in list(active_parts(one, is_stream=is_stream)):
            part.remove()
    for key in ("/AF", "/Collection"):
        if key in pdf.Root:
            del pdf.Root[key]


def iter_dictionaries(pdf: Pdf) -> Iterator[tuple[Any, bool]]:
    """Yield every dictionary of the file, nested ones included, and whether it is that of a stream."""
    import pikepdf

    for top in pdf.objects:
        stack: list[tuple[Any, int]] = [(top, 0)]
        while stack:
            one, depth = stack.pop()
            if is_stream := isinstance(one, pikepdf.Stream):
                one = one.stream_dict
            if isinstance(one, pikepdf.Dictionary):
                yield one, is_stream
                children = list(one.as_dict().values())
            elif isinstance(one, pikepdf.Array):
                children = list(one)
            else:
                continue
            if depth < MAX_DEPTH:
                stack += [(child, depth + 1) for child in children if is_direct_container(child)]


def is_direct_container(value: Any) -> bool:
    import pikepdf

    return isinstance(value, (pikepdf.Dictionary, pikepdf.Array)) and not value.is_indirect
