"""The whole check in its child: what a file says of itself, and real files to the end."""

from __future__ import annotations

import pytest
from pikepdf import Name

from papers.pdf.accessibility.check import IssueCode, check
from tests.papers.pdf.test_preflight import REAL_PAGES, real
from tests.support.paths import DEMO_PAPERS as DEMO
from tests.support.pdf_tagged import Build


def test_a_file_says_its_title_author_and_date(tmp_path):
    build = Build()
    build.pdf.docinfo[Name.Author] = "Ada Plover"
    build.pdf.docinfo[Name.CreationDate] = "D:20090324101500-04'00'"

    report = check(build.save(tmp_path / "paper.pdf"), letters_per_page=[100])

    moment = "2009-03-24T10:15:00-04:00"
    assert report.document_info == {"title": "Sharing the bus", "author": "Ada Plover", "date": moment}


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("D:20261129033000Z", "2026-11-29T03:30:00+00:00"),
        ("D:20261128223000", "2026-11-28"),
        ("2009-03-24", "2009-03-24"),
        ("last spring", None),
    ],
)
def test_the_day_a_file_was_made_goes_with_its_time_zone(written, date, tmp_path):
    build = Build()
    build.pdf.docinfo[Name.CreationDate] = written

    report = check(build.save(tmp_path / "paper.pdf"), letters_per_page=[100])

    assert report.document_info.get("date") == date


@pytest.mark.parametrize("path", sorted(DEMO.glob("*.pdf")), ids=lambda path: path.stem)
def test_the_demos_own_papers_have_no_problems_found_by_machine(path):
    assert check(path, letters_per_page=[1000] * 50).counts == {}


@pytest.mark.parametrize("name", sorted(REAL_PAGES))
def test_a_real_file_is_judged_to_the_end(name):
    counts = check(real(name), letters_per_page=[1000] * REAL_PAGES[name]).counts

    assert IssueCode.UNCHECKED not in counts
    assert {IssueCode.NOT_TAGGED, IssueCode.NO_LANGUAGE, IssueCode.TITLE_NOT_SHOWN} <= set(counts)
