"""Every automatic check, with one file that passes it and one that doesn't."""

from __future__ import annotations

from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from papers.pdf.accessibility.check import IssueCode
from tests.support.paths import ROOT
from tests.support.pdf_tagged import (
    LINK_CONTENTS,
    Build,
    codes,
    field,
    font,
    identity_font,
    linked,
    linked_by_its_tag,
    listed,
    table,
)

BARRED = pikepdf.Encryption(
    owner="o", user="", R=3, aes=False, metadata=False, allow=pikepdf.Permissions(accessibility=False)
)
OPEN = pikepdf.Encryption(owner="o", user="", allow=pikepdf.Permissions(modify_other=False))
Make = Callable[[Build], object]


def nothing(build: Build) -> None:
    """Leave the file as it is: tagged, titled, in English."""


def deleted(key: str) -> Make:
    return lambda build: build.pdf.Root.__delitem__(f"/{key}")


def titled(title: str) -> Make:
    return lambda build: build.pdf.docinfo.__setitem__(Name.Title, title)


def several(*makes: Make) -> Make:
    return lambda build: [make(build) for make in makes]


# Check: how a good and a bad file are made, and how many pages they have.
# docs/accessibility-check.md lists the same checks.
FILES: dict[IssueCode, tuple[Make, Make, int]] = {
    IssueCode.BARRED: (nothing, nothing, 1),
    IssueCode.SCAN: (nothing, lambda build: build.picture(), 1),
    IssueCode.PICTURE_PAGE: (nothing, lambda build: build.picture(page=2), 3),
    IssueCode.NOT_TAGGED: (nothing, deleted("StructTreeRoot"), 1),
    IssueCode.TAGS_SUSPECT: (
        nothing,
        lambda build: build.pdf.Root.MarkInfo.__setitem__("/Suspects", True),
        1,
    ),
    IssueCode.NO_LANGUAGE: (nothing, deleted("Lang"), 1),
    IssueCode.NO_TITLE: (nothing, lambda build: build.pdf.docinfo.__delitem__(Name.Title), 1),
    IssueCode.TITLE_IS_A_FILE_NAME: (titled("Sharing the bus. A report"), titled("bus_report_final.docx"), 1),
    IssueCode.TITLE_NOT_SHOWN: (nothing, deleted("ViewerPreferences"), 1),
    IssueCode.FIGURE_WITHOUT_ALTERNATIVE: (
        lambda build: build.tag("Figure", 1, Alt=String("Ridership fell by half.")),
        lambda build: build.tag("Figure", 1),
        1,
    ),
    IssueCode.TABLE_WITHOUT_HEADERS: (
        lambda build: table(build, header="TH"),
        lambda build: table(build, header="TD"),
        1,
    ),
    IssueCode.NO_HEADINGS: (nothing, lambda build: build.document.__setitem__("/K", Array([])), 4),
    IssueCode.HEADING_SKIPPED: (lambda build: build.tag("H2", 1), lambda build: build.tag("H3", 1), 1),
    IssueCode.LIST_BADLY_BUILT: (
        lambda build: listed(build, item="LI"),
        lambda build: listed(build, item="P"),
        1,
    ),
    IssueCode.NO_BOOKMARKS: (lambda build: build.bookmark(), nothing, 21),
    IssueCode.TAB_ORDER: (
        lambda build: linked(build, Contents=String(LINK_CONTENTS)),
        several(
            lambda build: linked(build, Contents=String(LINK_CONTENTS)),
            lambda build: build.pdf.pages[0].obj.__delitem__("/Tabs"),
        ),
        1,
    ),
    IssueCode.LINK_WITHOUT_TEXT: (linked_by_its_tag, linked, 1),
    IssueCode.FIELD_WITHOUT_NAME: (lambda build: field(build, TU=String("Town")), field, 1),
    IssueCode.FONT_WITHOUT_UNICODE: (
        lambda build: identity_font(build, mapped=True),
        lambda build: identity_font(build, mapped=False),
        1,
    ),
}


@pytest.mark.parametrize("code", FILES)
def test_a_good_file_passes_and_a_bad_one_is_caught(code, tmp_path):
    make_good, make_bad, pages = FILES[code]
    good, bad = Build(pages=pages), Build(pages=pages)
    make_good(good)
    make_bad(bad)
    barred = code == IssueCode.BARRED
    letters = {IssueCode.SCAN: [0], IssueCode.PICTURE_PAGE: [100, 3, 100]}.get(code)

    passes = good.save(tmp_path / "good.pdf", **({"encryption": OPEN} if barred else {}))
    fails = bad.save(tmp_path / "bad.pdf", **({"encryption": BARRED} if barred else {}))

    assert codes(passes, pages=pages) == set()
    assert codes(fails, pages=pages, letters=letters) == {code}


def test_every_check_has_a_good_and_a_bad_file():
    assert set(FILES) == set(IssueCode) - {IssueCode.UNCHECKED}


def test_the_documentation_names_every_check():
    written = (ROOT / "docs" / "accessibility-check.md").read_text()

    assert [code for code in IssueCode if f"`{code}`" not in written] == []


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (
            lambda build: build.tag("Figure", 1, Alt=String("image001.png")),
            {IssueCode.FIGURE_WITHOUT_ALTERNATIVE},
        ),
        (lambda build: build.tag("H2", 1, under=build.tag("Sect")), set()),
        (lambda build: build.tag("LI", 1), {IssueCode.LIST_BADLY_BUILT}),
        (lambda build: build.tag("L"), {IssueCode.LIST_BADLY_BUILT}),
        (titled("Microsoft Word - Bus"), {IssueCode.TITLE_IS_A_FILE_NAME}),
        (titled("Chapter 74 and A.B. v. C_D: what follows"), set()),
        (
            lambda build: build.pdf.Root.__setitem__("/Lang", String("klingon language")),
            {IssueCode.NO_LANGUAGE},
        ),
        (lambda build: build.annotate("Widget", Parent=Dictionary(TU=String("Town"))), set()),
        (lambda build: build.annotate("Link", F=2), set()),
        (lambda build: font(build, Subtype=Name.TrueType, Encoding=Name.WinAnsiEncoding), set()),
        (lambda build: font(build, Subtype=Name.Type3), {IssueCode.FONT_WITHOUT_UNICODE}),
        (
            lambda build: font(
                build, Subtype=Name.Type3, Encoding=Dictionary(Differences=Array([0, Name.g12, Name.g13]))
            ),
            {IssueCode.FONT_WITHOUT_UNICODE},
        ),
        (
            lambda build: font(
                build, Subtype=Name.Type1, Encoding=Dictionary(Differences=Array([0, Name.fi]))
            ),
            set(),
        ),
    ],
)
def test_odd_cases_are_judged_with_care(make, expected, tmp_path):
    build = Build()
    make(build)

    assert codes(build.save(tmp_path / "paper.pdf")) == expected
