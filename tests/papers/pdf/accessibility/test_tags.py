"""What the tags of a PDF are taken for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from papers.pdf.accessibility.check import IssueCode, collect
from papers.pdf.accessibility.worker import run
from tests.support.pdf_tagged import (
    LINK_CONTENTS,
    Build,
    field,
    identity_font,
    linked,
    linked_by_its_tag,
    listed,
    table,
)

BARRED = pikepdf.Encryption(
    owner="o", user="", R=3, aes=False, metadata=False, allow=pikepdf.Permissions(accessibility=False)
)

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


def codes(path: Path, *, pages: int = 1, letters: list[int] | None = None) -> set[str]:
    # Without a child, for speed; the real files below go the whole way.
    return set(collect(run(str(path)), letters or [100] * pages).counts)


def test_a_role_of_its_own_is_known_by_what_it_stands_for(tmp_path):
    build = Build()
    build.tree.RoleMap = Dictionary(Bild=Name.Grafik, Grafik=Name.Figure, Round=Name.About, About=Name.Round)
    build.tag("Bild", 1)
    build.tag("Round", 2)

    assert codes(build.save(tmp_path / "paper.pdf")) == {IssueCode.FIGURE_WITHOUT_ALTERNATIVE}
