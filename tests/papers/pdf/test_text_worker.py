"""What the child finds in a PDF: its particulars, its outline, and its text line by line."""

from __future__ import annotations

import pytest

from papers.pdf.reader import Heading, PageLayout, PdfContent, read
from tests.support import pdf_files


def test_a_file_says_what_it_is(tmp_path):
    path = pdf_files.make_pdf(
        tmp_path / "paper.pdf",
        ["Sharing a bus", "", "It saves mo-", "ney and time", "and also room.", "", "It does."],
        ["Page two."],
        title=b"(Sharing a bus)",
        catalog=b"/Lang (en-US) /MarkInfo << /Marked true >>",
    )

    assert read(path) == PdfContent(
        title="Sharing a bus",
        language="en-US",
        version="1.7",
        tagged=True,
        pages=["Sharing a bus\n\nIt saves money and time and also room.\n\nIt does.", "Page two."],
        layouts=[PageLayout([], 612, 792)] * 2,
    )


def test_a_divided_name_keeps_its_hyphen(tmp_path):
    path = pdf_files.make_pdf(tmp_path / "paper.pdf", ["In the post-", "Covid years of col-", "laboration"])

    assert read(path).pages == ["In the post-Covid years of collaboration"]


def test_emails_that_are_scaled_make_the_same_lines(tmp_path):
    lines = b"(It goes) Tj T* (on and) Tj T* (on.) Tj T* T* (Here is more.) Tj ET Q"
    scaled = b"q 0.24 0 0 0.24 0 0 cm BT /F1 1 Tf 50 0 0 50 300 3000 Tm 1.2 TL "
    path = pdf_files.make_pdf(tmp_path / "scaled.pdf", pdf_files.stream(scaled + lines))

    assert read(path).pages == ["It goes on and on.\n\nHere is more."]


def test_a_title_in_the_newer_place_is_found(tmp_path):
    path = pdf_files.make_pdf(tmp_path / "paper.pdf", ["One"], title=b"()")
    pdf_files.write_xmp_title(path, "A title in XMP")

    assert read(path).title == "A title in XMP"


def test_a_title_holds_no_nul(tmp_path):
    path = pdf_files.make_pdf(tmp_path / "paper.pdf", ["One"], title=b"<FEFF004100000042 202E 0043>")

    assert read(path).title == "ABC"


@pytest.mark.parametrize("language", [b"(<script>)", b"()", b"(" + b"en-" * 50 + b"US)", b"42"])
def test_what_is_no_language_is_left_out(tmp_path, language):
    path = pdf_files.make_pdf(tmp_path / "paper.pdf", ["One"], catalog=b"/Lang %b" % language)

    assert read(path).language == ""


def test_an_outline_that_bites_its_tail_is_read_once(tmp_path):
    path = pdf_files.make_circular_outline(tmp_path / "round.pdf")

    assert read(path).outline == [Heading(1, "There", 1), Heading(1, "and back", None)]
