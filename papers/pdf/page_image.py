"""The child's side of painting one page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from papers.pdf.sandbox import Answer

HIGHEST = 3  # times the width: an endless strip of a page gets a narrower picture
WEBP_QUALITY = 80
JPEG_QUALITY = 82
AVIF_QUALITY, AVIF_SPEED = 65, 8


def answer(path: str, *, webp: str, jpeg: str, avif: str = "", width: int, page: int = 1) -> Iterator[Answer]:
    """Paint a page, counted from 1, ``width`` pixels wide into each file named; yield the size it got."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    painted = pdf[page - 1]
    wide, high = painted.get_size()
    scale = min(width / wide, HIGHEST * width / high)
    picture = painted.render(scale=scale).to_pil().convert("RGB")
    picture.save(Path(webp), "WEBP", quality=WEBP_QUALITY)
    picture.save(Path(jpeg), "JPEG", quality=JPEG_QUALITY, optimize=True)
    if avif:  # a child may start no threads
        picture.save(Path(avif), "AVIF", quality=AVIF_QUALITY, speed=AVIF_SPEED, max_threads=1)
    yield {"width": picture.width, "height": picture.height}
