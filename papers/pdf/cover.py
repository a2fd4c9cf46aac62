"""The child's side of painting page 1."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from papers.pdf.child import Answer

HIGHEST = 3  # times the width: an endless strip of a page gets a narrower picture
WEBP_QUALITY = 80
JPEG_QUALITY = 82


def answer(path: str, *, webp: str, jpeg: str, width: int) -> Iterator[Answer]:
    """Paint page 1 ``width`` pixels wide into both files; yield the size it got."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    page = pdf[0]
    wide, high = page.get_size()
    scale = min(width / wide, HIGHEST * width / high)
    picture = page.render(scale=scale).to_pil().convert("RGB")
    picture.save(Path(webp), "WEBP", quality=WEBP_QUALITY)
    picture.save(Path(jpeg), "JPEG", quality=JPEG_QUALITY, optimize=True)
    yield {"width": picture.width, "height": picture.height}
