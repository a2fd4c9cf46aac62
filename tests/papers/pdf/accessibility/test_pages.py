"""What the check finds on a page: where it is, and which object."""

from __future__ import annotations

from papers.pdf.accessibility.check import check
from tests.support.pdf_tagged import Build, linked


def test_a_flaw_names_page_and_object(tmp_path):
    build = Build(pages=2)
    build.tag("Figure", 1, page=2)
    linked(build, page=2)

    report = check(build.save(tmp_path / "paper.pdf"), letters_per_page=[100, 100])

    figure, link = report.issues
    assert (figure.page, figure.object.split(",")[0]) == (2, "Figure")
    assert (link.page, link.detail) == (2, "https://example.org/")
