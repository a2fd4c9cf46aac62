"""A page is rendered in a size that is bounded whatever its shape."""

from __future__ import annotations

import pytest
from PIL import Image

from papers.pdf.reader import read
from tests.support import pdf_files

PAINTABLE = [b"0 0 1 1000000", b"0 0 1000000 1", b"0 0 0 0"]


def test_the_cover_is_a_picture_of_page_one(tmp_path):
    path = pdf_files.make_pdf(tmp_path / "paper.pdf", ["One"])

    webp, jpeg, avif = read(path, cover_path=tmp_path / "cover.webp").covers

    with Image.open(avif) as smallest:
        assert (smallest.format, smallest.width) == ("AVIF", 480)
    with Image.open(webp) as preferred, Image.open(jpeg) as other:
        assert (preferred.format, other.format) == ("WEBP", "JPEG")
        assert preferred.size == other.size
        assert preferred.width == 480
        assert preferred.convert("L").getextrema()[0] < 128  # something is painted
    assert (webp.name, jpeg.name) == ("cover.webp", "cover.jpg")


@pytest.mark.parametrize("box", [b"0 0 1 1000000", b"0 0 1000000 1", b"0 0 999999999 999999999", b"0 0 0 0"])
def test_a_page_of_any_size_gets_a_cover_of_bounded_size(tmp_path, box):
    path = pdf_files.make_pdf(tmp_path / "odd.pdf", ["One"], page=b"/MediaBox [%b]" % box)

    reading = read(path, cover_path=tmp_path / "cover.webp")

    assert reading.covers or box not in PAINTABLE
    if reading.covers:
        with Image.open(reading.covers[0]) as cover:
            assert cover.width <= 481
            assert cover.height <= 1441
    assert len(reading.pages) == 1
