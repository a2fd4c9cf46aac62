"""Render one page to image files. Runs in the child process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sandbox import Message

MAX_HEIGHT_RATIO = 3  # times the width; a very long page gets a narrower image
WEBP_QUALITY = 80
JPEG_QUALITY = 82
AVIF_QUALITY, AVIF_SPEED = 65, 8


def run(path: str, *, webp: str, jpeg: str, avif: str = "", width: int, page: int = 1) -> Iterator[Message]:
    """Write a page, counted from 1, ``width`` pixels wide to each file named; yield the size in pixels."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    pdf_page = pdf[page - 1]
    page_width, page_height = pdf_page.get_size()
    scale = min(width / page_width, MAX_HEIGHT_RATIO * width / page_height)
    image = pdf_page.render(scale=scale).to_pil().convert("RGB")
    image.save(Path(webp), "WEBP", quality=WEBP_QUALITY)
    image.save(Path(jpeg), "JPEG", quality=JPEG_QUALITY, optimize=True)
    if avif:  # a child may start no threads
        image.save(Path(avif), "AVIF", quality=AVIF_QUALITY, speed=AVIF_SPEED, max_threads=1)
    yield {"width": image.width, "height": image.height}
