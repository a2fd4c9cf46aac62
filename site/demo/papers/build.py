"""Compile the demo papers from their Typst sources.

The PDFs are kept beside the sources, so nobody needs this to run the site.
It needs ``pip install typst`` (made with 0.15.2), which nothing else in the
project does, and the project's own pikepdf::

    python build.py            # all papers
    python build.py sharing    # those whose file name begins so

The same sources and the same version of Typst give the same bytes: only
Typst's own fonts are used, and a paper's time of making is its edition's date.
"""

from __future__ import annotations

import sys
import tomllib
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import typst  # type: ignore[import-not-found]

HERE = Path(__file__).parent
LARGEST = 300_000  # bytes


def editions() -> list[tuple[Path, datetime]]:
    """Return every edition's PDF path and date, in the order of papers.toml."""
    shelf = tomllib.loads((HERE / "papers.toml").read_text(encoding="utf-8"))
    return [
        (HERE / edition["file"], datetime.fromisoformat(edition["date"]).replace(hour=12, tzinfo=UTC))
        for paper in shelf["paper"]
        for edition in paper["edition"]
    ]


def compile_paper(pdf: Path, made_at: datetime) -> int:
    """Write the PDF from the source of the same name, and return its size in bytes."""
    compiler = typst.Compiler(root=str(HERE), ignore_system_fonts=True)
    loose = compiler.compile(
        input=str(pdf.with_suffix(".typ")),
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=int(made_at.timestamp()),
    )
    # Typst writes the tags as plain objects; packed, a long paper is a third of the size.
    with pikepdf.open(BytesIO(loose)) as paper:
        paper.save(
            pdf,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
            deterministic_id=True,
        )
    return pdf.stat().st_size


def main(wanted: str) -> int:
    pikepdf.settings.set_flate_compression_level(9)
    too_large = 0
    for pdf, made_at in editions():
        if pdf.name.startswith(wanted):
            size = compile_paper(pdf, made_at)
            too_large += size > LARGEST
            print(f"{size:>8,}  {pdf.name}")
    return 1 if too_large else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
