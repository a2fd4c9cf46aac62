"""Files made to do harm are stopped by the check, and what was found before is kept."""

from __future__ import annotations

import time

import pytest
from pikepdf import Array, Dictionary, Name, String

from papers.pdf import active_content
from papers.pdf.accessibility.check import IssueCode, check
from papers.pdf.preflight import PreflightError
from tests.support import pdf_files
from tests.support.pdf_tagged import Build


def test_tags_that_go_in_circles_are_walked_once(tmp_path):
    build = Build()
    inner = build.tag("Figure", 1)
    inner.K.append(build.document)
    inner.K.append(inner)

    counts = check(build.save(tmp_path / "circle.pdf"), letters_per_page=[100]).counts

    assert counts == {IssueCode.FIGURE_WITHOUT_ALTERNATIVE: 1}


def test_ten_thousand_levels_of_tags_are_no_trouble(tmp_path):
    build = Build()
    tag = build.document
    for _ in range(10_000):
        tag = build.tag("Div", under=tag)
    build.tag("Figure", 1, under=tag)

    counts = check(build.save(tmp_path / "deep.pdf"), letters_per_page=[100]).counts

    assert counts == {IssueCode.FIGURE_WITHOUT_ALTERNATIVE: 1}


def test_what_is_of_the_wrong_kind_is_a_finding_and_no_crash(tmp_path):
    build = Build()
    build.document.K = Array(
        [String("x"), Dictionary(), Dictionary(S=String("H1")), Dictionary(S=Name.L, K=7)]
    )
    build.tree.RoleMap = Array([1])
    build.pdf.Root.ViewerPreferences = Array([])
    build.pdf.Root.Outlines = String("none")
    build.pdf.pages[0].obj.Annots = Array([1, String("x"), Dictionary(Subtype=7, A=Array([]))])
    build.pdf.pages[0].Resources = Dictionary(Font=Array([]), XObject=Dictionary(X=Dictionary()))

    counts = check(build.save(tmp_path / "odd.pdf"), letters_per_page=[100]).counts

    assert counts[IssueCode.UNCHECKED] == 1
    assert counts[IssueCode.TITLE_NOT_SHOWN] == 1


@pytest.mark.parametrize(
    "make",
    [
        lambda path: pdf_files.make_looping_page_tree(path),
        lambda path: pdf_files.make_deep_nesting(path, levels=10_000),
        lambda path: pdf_files.make_bomb_in_the_cross_references(path, megabytes=2000),
        lambda path: pdf_files.make_circular_outline(path),
    ],
    ids=["looping pages", "deep nesting", "bomb", "circular outline"],
)
def test_a_hostile_file_ends_its_child_and_becomes_a_finding(make, tmp_path):
    path = make(tmp_path / "hostile.pdf")
    began = time.monotonic()

    report = check(path, letters_per_page=[100], seconds=8, megabytes=512)

    assert time.monotonic() - began < 12
    assert report.counts[IssueCode.UNCHECKED] or report.counts[IssueCode.NOT_TAGGED]


def test_active_content_deep_within_is_found_and_a_bomb_is_refused(tmp_path):
    build = Build()
    held = Dictionary(S=Name.JavaScript, JS=String("x"))
    for _ in range(200):
        held = Dictionary(A=held)
    build.pdf.Root.Deep = held
    path = build.save(tmp_path / "deep.pdf")
    bomb = pdf_files.make_bomb_in_the_cross_references(tmp_path / "bomb.pdf", megabytes=2000)

    assert active_content.find(path) == {active_content.ActiveContent.JAVASCRIPT}
    with pytest.raises(PreflightError):
        active_content.find(bomb)
