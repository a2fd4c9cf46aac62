"""A whole PDF is read in a child; what goes wrong inside becomes a finding."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import sandbox
from papers.pdf import text_worker
from papers.pdf.reader import Heading, PageReader, PdfContent, read
from papers.pdf.warnings import PdfWarning, WarningKind
from tests.papers.pdf.test_preflight import REAL_PAGES, real
from tests.support import pdf_files

LETTER = {"blocks": [], "width": 612, "height": 792}
TEXT_BOMB = b"BT /F1 9 Tf (aa) Tj ET "


def extracted(path: Path, *, seconds_per_step: float = 5, characters_left: int = 1000) -> list[dict]:
    """Return what one child finds from page 1 on."""
    limits = {"characters_left": characters_left, "seconds_per_step": seconds_per_step}
    args = {"first": 1, "max_pages": 10, **limits}
    return sandbox.run("papers.pdf.text_worker", path, seconds=20, megabytes=1024, args=args)


@pytest.mark.parametrize(("name", "pages"), REAL_PAGES.items())
def test_a_real_file_is_read_without_findings(name, pages, tmp_path):
    reading = read(real(name), cover_path=tmp_path / "cover.webp")

    assert len(reading.pages) == pages
    assert all(reading.pages)
    assert reading.warnings == []
    assert [cover.is_file() for cover in reading.covers] == [True] * 3
    assert not {"\0", "\r", "\x02", "\ufffe", "\ufb01", "\ufb02"} & set("".join(reading.pages))


def test_a_book_is_known_by_title_version_and_outline():
    reading = read(real("GeoTopo-komprimiert.pdf"))

    assert reading.title.startswith("Geo")
    assert (reading.version, reading.tagged) == ("1.5", False)
    assert reading.outline[2] == Heading(2, "1.2 Metrische R\u00e4ume", 10)
    assert reading.pages[0].endswith("2016 Martin Thoma")


def test_columns_are_read_one_after_the_other():
    page = read(real("multicolumn.pdf")).pages[0]

    assert "consectetuer adipiscing elit" in page  # divided in the file
    assert page.index("Donec nonummy pellentesque ante") > page.index("dui ligula")
    assert "\n\nAbstract\n\nThis is a sample document with two columns filled with Lorem" in page


def test_arabic_is_read_in_its_own_emails():
    assert "\u062d" in read(real("habibi.pdf")).pages[0]


def test_a_page_that_cannot_be_read_is_a_finding(tmp_path):
    pages = {pdf_files.PAGES: b"<< /Type /Pages /Count 3 /Kids [100 0 R 99 0 R 102 0 R] >>"}
    path = pdf_files.make_pdf(tmp_path / "paper.pdf", ["One"], ["Three"], objects=pages)

    reading = read(path)

    assert reading.pages == ["One", "", "Three"]
    assert [str(finding) for finding in reading.warnings] == ["page 2: text could not be read"]


def test_a_page_that_bursts_costs_only_itself(tmp_path):
    bomb = pdf_files.bomb_page(300, of=TEXT_BOMB)
    path = pdf_files.make_pdf(tmp_path / "bomb.pdf", ["One"], bomb, ["Three"])

    reading = read(path, cover_path=tmp_path / "cover.webp", megabytes=128)

    assert reading.pages == ["One", "", "Three"]
    assert reading.warnings == [PdfWarning(WarningKind.PAGE_UNREADABLE, 2)]
    assert reading.covers


def test_a_bomb_of_nothing_is_an_empty_page(tmp_path):
    path = pdf_files.make_pdf(tmp_path / "bomb.pdf", ["One"], pdf_files.bomb_page(2000), ["Three"])

    assert read(path, megabytes=256).pages == ["One", "", "Three"]


def test_a_page_that_takes_forever_costs_only_itself(tmp_path):
    page, resources, objects = pdf_files.laughing_page(drawings=10)
    path = pdf_files.make_pdf(
        tmp_path / "laugh.pdf", ["One"], page, ["Three"], page=resources, objects=objects
    )
    began = time.monotonic()

    reading = read(path, seconds_per_step=0.3)

    assert time.monotonic() - began < 10
    assert reading.pages == ["One", "", "Three"]
    assert reading.warnings == [PdfWarning(WarningKind.PAGE_UNREADABLE, 2)]


def test_a_page_is_ended_by_its_own_time(tmp_path):
    page, resources, objects = pdf_files.laughing_page(drawings=10)
    path = pdf_files.make_pdf(tmp_path / "laugh.pdf", page, page=resources, objects=objects)

    with pytest.raises(sandbox.TimeLimitError):
        extracted(path, seconds_per_step=0.2)


def test_one_child_reads_around_a_page_that_is_missing(tmp_path):
    pages = {pdf_files.PAGES: b"<< /Type /Pages /Count 3 /Kids [100 0 R 99 0 R 102 0 R] >>"}
    path = pdf_files.make_pdf(tmp_path / "paper.pdf", ["One"], ["Three"], objects=pages)

    assert extracted(path)[1:] == [
        {"step": 1, "text": "One", **LETTER},
        {"step": 2, "text": "", "warning": WarningKind.PAGE_UNREADABLE},
        {"step": 3, "text": "Three", **LETTER},
    ]


def test_what_there_is_no_room_for_is_left_out(tmp_path):
    path = pdf_files.make_pdf(tmp_path / "paper.pdf", ["One"], ["Two"], ["Three"])

    assert extracted(path, characters_left=4)[2:] == [
        {"step": 2, "text": "Two", **LETTER},
        {"step": 3, "text": "", "warning": WarningKind.PAGE_LEFT_OUT},
    ]


def test_a_child_that_wears_out_is_replaced_and_only_what_fails_afresh_is_lost(tmp_path):
    path = pdf_files.make_pdf(tmp_path / "paper.pdf")
    reading = PdfContent()
    pages = PageReader(path, time.monotonic() + 20, 1, 256, 6, worker="tests.support.sandbox_worker")

    for line in pages:
        reading.add_step(line)

    assert reading.pages == ["page 1", "page 2", "page 3", "", "page 5", "page 6"]
    assert reading.warnings == [
        PdfWarning(WarningKind.DOCUMENT_INFO_UNREADABLE),
        PdfWarning(WarningKind.PAGE_UNREADABLE, 4),
    ]


def test_what_the_time_did_not_reach_is_left_out(tmp_path):
    page, resources, objects = pdf_files.laughing_page(drawings=10)
    path = pdf_files.make_pdf(
        tmp_path / "laugh.pdf", ["One"], page, ["Three"], page=resources, objects=objects
    )
    began = time.monotonic()

    reading = read(path, seconds=1.5)

    assert time.monotonic() - began < 5
    assert reading.pages == ["One", "", ""]
    assert [finding.kind for finding in reading.warnings] == [WarningKind.PAGE_LEFT_OUT] * 2


def test_a_first_page_that_bursts_costs_the_cover_too(tmp_path):
    bomb = pdf_files.bomb_page(300, of=TEXT_BOMB)
    path = pdf_files.make_pdf(tmp_path / "bomb.pdf", bomb, ["Two"])

    reading = read(path, cover_path=tmp_path / "cover.webp", megabytes=128)

    assert reading.pages == ["", "Two"]
    assert reading.warnings == [PdfWarning(WarningKind.NO_COVER), PdfWarning(WarningKind.PAGE_UNREADABLE, 1)]
    assert reading.covers == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bomb.pdf"]


def test_a_page_with_too_much_text_is_cut(tmp_path):
    long = pdf_files.stream(pdf_files.painted(["many words " * 9] * 1200, size=1, leading=1))
    path = pdf_files.make_pdf(tmp_path / "long.pdf", long, ["Two"])

    reading = read(path)

    assert 90_000 < len(reading.pages[0]) <= text_worker.MAX_PAGE_LENGTH
    assert reading.pages[1] == "Two"
    assert reading.warnings == [PdfWarning(WarningKind.PAGE_CUT, 1)]


def test_more_pages_than_are_taken_are_left_out(tmp_path):
    path = pdf_files.make_pdf(tmp_path / "long.pdf", ["One"], ["Two"], ["Three"])

    reading = read(path, max_pages=2)

    assert reading.pages == ["One", "Two"]
    assert reading.warnings == [PdfWarning(WarningKind.FURTHER_PAGES_LEFT_OUT)]


def test_a_scan_is_noted(tmp_path):
    path = pdf_files.make_pdf(tmp_path / "scan.pdf", [], [])

    reading = read(path)

    assert reading.pages == ["", ""]
    assert reading.warnings == [PdfWarning(WarningKind.NO_TEXT)]


def test_ten_thousand_arrays_within_each_other_do_no_harm(tmp_path):
    reading = read(pdf_files.make_deep_nesting(tmp_path / "nested.pdf", levels=10_000))

    assert reading.pages == ["Above the pit."]


def test_a_file_that_does_not_open_is_unreadable(tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"%PDF-1.7 and no more")

    with pytest.raises(sandbox.SandboxError):
        read(path, cover_path=tmp_path / "cover.webp")
