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
        _("The file's settings keep assistive technology out."),
        _("A screen reader that keeps to the settings reads nothing at all."),
    ),
    IssueCode.SCAN: (
        _("The file is a scan: its pages are pictures of text."),
        _("Nothing can be read aloud, searched, enlarged without blur, or copied."),
    ),
    IssueCode.PICTURE_PAGE: (
        _("The page holds a picture and no text."),
        _("If the picture shows text, it can't be read aloud or searched."),
    ),
    IssueCode.NOT_TAGGED: (
        _("The file is not tagged."),
        _("Without tags a screen reader has to guess what is a heading, a list or a table."),
    ),
    IssueCode.TAGS_SUSPECT: (
        _("The program that made the tags marked them as doubtful."),
        _("The order of reading may be wrong; nobody has looked it over yet."),
    ),
    IssueCode.NO_LANGUAGE: (
        _("The file doesn't say what language it is in."),
        _("A screen reader may speak it with the sounds of another language."),
    ),
    IssueCode.NO_TITLE: (
        _("The file has no title."),
        _("The title is the first thing a screen reader says, and the name of the tab."),
    ),
    IssueCode.TITLE_IS_A_FILE_NAME: (
        _("The file's title looks like the name of a file."),
        _("It is the first thing a screen reader says, and tells nothing about the paper."),
    ),
    IssueCode.TITLE_NOT_SHOWN: (
        _("The window shows the file's name in place of its title."),
        _("Somebody with several papers open can't tell them apart."),
    ),
    IssueCode.FIGURE_WITHOUT_ALTERNATIVE: (
        _("A figure has no alternative text."),
        _("Whoever doesn't see the figure isn't told what it says."),
    ),
    IssueCode.TABLE_WITHOUT_HEADERS: (
        _("A table has no header cells."),
        _("A screen reader reads the numbers without saying what they are of."),
    ),
    IssueCode.NO_HEADINGS: (
        _("Nothing is tagged as a heading."),
        _("Many people go through a paper from heading to heading; here they can't."),
    ),
    IssueCode.HEADING_SKIPPED: (
        _("A heading skips a level."),
        _("It sounds as if a part were missing; the first heading should be of level 1."),
    ),
    IssueCode.LIST_BADLY_BUILT: (
        _("A list is not built as a list."),
        _("A screen reader can't say how many items there are, nor where one ends."),
    ),
    IssueCode.NO_BOOKMARKS: (
        _("A file of more than 20 pages has no bookmarks."),
        _("Without them a long paper can only be leafed through."),
    ),
    IssueCode.TAB_ORDER: (
        _("The tab key doesn't follow the order of reading."),
        _("Who uses a keyboard jumps about the page from link to link or field to field."),
    ),
    IssueCode.LINK_WITHOUT_TEXT: (
        _("A link has no words that say where it leads."),
        _("A screen reader can only spell out the address, or says just “link”."),
    ),
    IssueCode.FIELD_WITHOUT_NAME: (
        _("A form field has no name for people."),
        _("A screen reader can't say what is to be filled in."),
    ),
    IssueCode.FONT_WITHOUT_UNICODE: (
        _("A font doesn't say which characters it shows."),
        _("Its text may be read aloud, searched and copied as nonsense."),
    ),
    IssueCode.UNCHECKED: (
        _("A part of the file could not be checked."),
        _("It took too much time or memory, or is damaged; there may be more to mend."),
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
