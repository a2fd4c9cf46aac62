"""The issues of an accessibility report in words for editors: what each is, and why it matters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from papers.accessibility.remedies import REMEDIES
from papers.pdf.accessibility.check import IssueCode

DESCRIPTIONS: dict[str, tuple[Promise, Promise]] = {
    IssueCode.BARRED: (
        _("The file’s security settings block assistive technology."),
        _("A screen reader that respects these settings can’t read any of the file."),
    ),
    IssueCode.SCAN: (
        _("The file is a scan: its pages are images of text."),
        _("The text can’t be read aloud, searched, copied or enlarged without blur."),
    ),
    IssueCode.PICTURE_PAGE: (
        _("The page has an image and no text."),
        _("If the image shows text, it can’t be read aloud or searched."),
    ),
    IssueCode.NOT_TAGGED: (
        _("The file is not tagged."),
        _("Without tags, a screen reader has to guess what is a heading, a list or a table."),
    ),
    IssueCode.TAGS_SUSPECT: (
        _("The tags are marked as suspect by the program that made them."),
        _("The reading order may be wrong. No one has checked it yet."),
    ),
    IssueCode.NO_LANGUAGE: (
        _("The file doesn’t say what language it is in."),
        _("A screen reader may pronounce the text as if it were in another language."),
    ),
    IssueCode.NO_TITLE: (
        _("The file has no title."),
        _("A screen reader announces the title first, and browsers show it on the tab."),
    ),
    IssueCode.TITLE_IS_A_FILE_NAME: (
        _("The title looks like a file name."),
        _("A screen reader announces the title first. A file name doesn’t say what the file is about."),
    ),
    IssueCode.TITLE_NOT_SHOWN: (
        _("The window shows the file name instead of the title."),
        _("People who have several files open can’t tell them apart."),
    ),
    IssueCode.FIGURE_WITHOUT_ALTERNATIVE: (
        _("A figure has no alternative text."),
        _("People who can’t see the figure don’t get its information."),
    ),
    IssueCode.TABLE_WITHOUT_HEADERS: (
        _("A table has no header cells."),
        _("A screen reader reads the numbers without saying what they stand for."),
    ),
    IssueCode.NO_HEADINGS: (
        _("Nothing is tagged as a heading."),
        _("Many screen reader users move from heading to heading. In this file they can’t."),
    ),
    IssueCode.HEADING_SKIPPED: (
        _("A heading skips a level."),
        _("It sounds as if a section were missing. The first heading should be level 1."),
    ),
    IssueCode.LIST_BADLY_BUILT: (
        _("A list is not tagged correctly."),
        _("A screen reader can’t say how many items the list has or where each one ends."),
    ),
    IssueCode.NO_BOOKMARKS: (
        _("A file of more than 20 pages has no bookmarks."),
        _("Without bookmarks, readers have to page through the file to find a section."),
    ),
    IssueCode.TAB_ORDER: (
        _("The Tab key doesn’t follow the reading order."),
        _("People who use a keyboard jump around the page from link to link or field to field."),
    ),
    IssueCode.LINK_WITHOUT_TEXT: (
        _("A link has no text that says where it leads."),
        _("A screen reader can only spell out the address or say “link”."),
    ),
    IssueCode.FIELD_WITHOUT_NAME: (
        _("A form field has no name."),
        _("A screen reader can’t say what to enter."),
    ),
    IssueCode.FONT_WITHOUT_UNICODE: (
        _("A font doesn’t say which characters it shows."),
        _("Its text may be read aloud, searched and copied as gibberish."),
    ),
    IssueCode.UNCHECKED: (
        _("Part of the file could not be checked."),
        _("It took too much time or memory, or is damaged. There may be more issues."),
    ),
}


@dataclass(frozen=True, slots=True)
class Location:
    """Where an issue is: a page, and what the file calls the object."""

    page: int | None
    object: str
    detail: str

    def __str__(self) -> str:
        words = [gettext("page %(page)s") % {"page": self.page}] if self.page else []
        words += [self.object] if self.object else []
        words += [gettext("“%(detail)s”") % {"detail": self.detail}] if self.detail else []
        return ", ".join(words)


@dataclass(slots=True)
class IssueGroup:
    """All issues of one kind: how many, where, why it matters and how to fix it."""

    code: str
    count: int
    locations: list[Location] = field(default_factory=list)

    @property
    def description(self) -> Promise:
        return DESCRIPTIONS[self.code][0]

    @property
    def impact(self) -> Promise:
        return DESCRIPTIONS[self.code][1]

    @property
    def remedies(self) -> list[tuple[str, Promise]]:
        return list(REMEDIES[self.code])

    @property
    def omitted_count(self) -> int:
        """Return how many were counted but have no location here."""
        return max(0, self.count - len(self.locations))


def group_issues(issues: Iterable[Mapping[str, Any]], counts: Mapping[str, int]) -> list[IssueGroup]:
    """Return the issues by kind, in the order of the checks; kinds unknown by now are left out."""
    groups = {code: IssueGroup(code, counts[code]) for code in map(str, IssueCode) if counts.get(code)}
    for issue in issues:
        if issue["code"] in groups:
            location = Location(issue.get("page"), issue.get("object", ""), issue.get("detail", ""))
            if str(location):
                groups[issue["code"]].locations.append(location)
    return list(groups.values())
