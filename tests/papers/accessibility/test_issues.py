"""The issues of a report in words, by kind."""

from __future__ import annotations

from papers.accessibility.issues import Location, group_issues
from papers.pdf.accessibility.check import IssueCode, check
from tests.support.pdf_tagged import Build


def test_groups_stand_in_the_order_of_the_checks_and_leave_unknown_kinds_out():
    issues = [{"code": "no-title"}, {"code": "gone-by-now", "page": 1}, {"code": "not-tagged", "page": 2}]

    groups = group_issues(issues, {"no-title": 1, "gone-by-now": 1, "not-tagged": 1})

    assert [group.code for group in groups] == [
        code for code in IssueCode if code in (IssueCode.NOT_TAGGED, IssueCode.NO_TITLE)
    ]
    assert all(group.description and group.impact and group.remedies for group in groups)


def test_an_issue_without_a_location_is_counted():
    (group,) = group_issues([{"code": "no-title", "page": None}], {"no-title": 1})

    assert (group.count, group.locations, group.omitted_count) == (1, [], 1)


def test_a_location_names_page_object_and_detail():
    assert str(Location(3, "Figure", "image001.png")) == "page 3, Figure, “image001.png”"
    assert str(Location(None, "", "")) == ""


def test_many_issues_are_counted_and_some_are_kept(tmp_path):
    build = Build()
    for _ in range(80):
        build.tag("Figure", 1)

    report = check(build.save(tmp_path / "paper.pdf"), letters_per_page=[100])

    groups = group_issues([issue.as_dict for issue in report.issues], report.counts)
    assert [(one.count, len(one.locations), one.omitted_count) for one in groups] == [(80, 50, 30)]
