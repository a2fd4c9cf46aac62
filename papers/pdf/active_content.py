"""Find what a PDF would do by itself, and take it out: scripts, starting programs, files within the file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from papers.pdf import sandbox
from papers.pdf.preflight import Reason, Refused

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

SECONDS = 10.0
MEGABYTES = 768
NICENESS = 3  # somebody waits at a form
GROWTH = 16 * 1024 * 1024  # a file written anew may be a little longer
DEEPEST = 600  # dictionaries within each other, without a reference between; no reader takes more


class Active(StrEnum):
    JAVASCRIPT = "javascript"
    LAUNCH = "launch"
    EMBEDDED = "embedded"


def find(path: str | os.PathLike[str]) -> set[Active]:
    """Return what of this is in the file. Raises Refused for one that can't be looked through."""
    return _run(path)


def clean(path: str | os.PathLike[str], *, to: Path) -> set[Active]:
    """Return what was found; where that is something, the file without it lies at ``to``.

    Raises Refused for a file that can't be looked through or written anew.
    """
    return _run(path, to=str(to.absolute()))


def _run(path: str | os.PathLike[str], **args: str) -> set[Active]:
    try:
        (line,) = sandbox.run(
            "papers.pdf.active_content",
            path,
            seconds=SECONDS,
            megabytes=MEGABYTES,
            niceness=NICENESS,
            may_write=Path(path).stat().st_size * 2 + GROWTH if args else 0,
            args=args,
        )
    except (sandbox.TooSlow, sandbox.TooBig) as error:
        raise Refused(Reason.TOO_HARD) from error
    except (sandbox.Broken, ValueError) as error:
        raise Refused(Reason.BROKEN) from error
    return {Active(found) for found in line["found"]}


def answer(path: str, *, to: str = "") -> Iterator[sandbox.Answer]:
    """Yield what was found; runs in the child."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        found = set(look_through(pdf))
        if found and to:
            take_out(pdf)
            keep_locks = pdf.is_encrypted
            pdf.save(to, encryption=True if keep_locks else None, deterministic_id=not keep_locks)
    yield {"found": sorted(found)}


def look_through(pdf: Pdf) -> Iterator[Active]:
    for one in dictionaries(pdf):
        yield from kinds_of(one)


def take_out(pdf: Pdf) -> None:
    """Make each such action do nothing, and let go of everything that names it or a file within."""
    import pikepdf

    for one in dictionaries(pdf):
        if not list(kinds_of(one)):
            continue
        for key in ("/JS", "/Win", "/Mac", "/Unix", "/EF", "/RF", "/JavaScript", "/EmbeddedFiles", "/XFA"):
            if key in one:
                del one[key]
        if str(one.get("/S")) in ("/JavaScript", "/Launch"):
            one["/S"] = pikepdf.Name.Named
            one["/N"] = pikepdf.Name("/NoAction")
            for key in ("/F", "/D"):
                if key in one:
                    del one[key]
        if str(one.get("/Subtype")) in ("/FileAttachment", "/RichMedia"):
            for key in ("/FS", "/RichMediaContent", "/RichMediaSettings"):
                if key in one:
                    del one[key]
    for key in ("/AF", "/Collection"):
        if key in pdf.Root:
            del pdf.Root[key]


def kinds_of(one: Object) -> Iterator[Active]:
    """Yield what a dictionary is, or leads to."""
    action, kind = str(one.get("/S")), str(one.get("/Subtype"))
    if action == "/JavaScript" or "/JS" in one or "/JavaScript" in one or "/XFA" in one:
        yield Active.JAVASCRIPT
    if action == "/Launch":
        yield Active.LAUNCH
    holds_one = kind in ("/FileAttachment", "/RichMedia") and has_file(one)
    if holds_one or "/EF" in one or "/EmbeddedFiles" in one:
        yield Active.EMBEDDED


def has_file(one: Object) -> bool:
    return "/FS" in one or "/RichMediaContent" in one


def dictionaries(pdf: Pdf) -> Iterator[Any]:
    """Yield every dictionary of the file, those within others too, and those of streams."""
    import pikepdf

    for held in pdf.objects:
        waiting: list[tuple[Any, int]] = [(held, 0)]
        while waiting:
            one, depth = waiting.pop()
            if isinstance(one, pikepdf.Stream):
                one = one.stream_dict
            if isinstance(one, pikepdf.Dictionary):
                yield one
                below = list(one.as_dict().values())
            elif isinstance(one, pikepdf.Array):
                below = list(one)
            else:
                continue
            if depth < DEEPEST:
                waiting += [(kid, depth + 1) for kid in below if is_held(kid)]


def is_held(kid: Any) -> bool:
    import pikepdf

    return isinstance(kid, (pikepdf.Dictionary, pikepdf.Array)) and not kid.is_indirect
