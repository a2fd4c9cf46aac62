"""What the machine found in a file, in words for editors: what it is, and why it matters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from papers.accessibility.remedies import MENDING
from papers.pdf.accessibility.check import IssueCode

WORDS: dict[str, tuple[Promise, Promise]] = {
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
class Place:
    """Where a flaw is: a page, and what the file calls the object."""

    page: int | None
    object: str
    detail: str

    def __str__(self) -> str:
        words = [gettext("page %(page)s") % {"page": self.page}] if self.page else []
        words += [self.object] if self.object else []
        words += [gettext("“%(detail)s”") % {"detail": self.detail}] if self.detail else []
        return ", ".join(words)


@dataclass(slots=True)
class Found:
    """All flaws of one kind: how many, where, why it matters and how to mend it."""

    code: str
    count: int
    places: list[Place] = field(default_factory=list)

    @property
    def what(self) -> Promise:
        return WORDS[self.code][0]

    @property
    def why(self) -> Promise:
        return WORDS[self.code][1]

    @property
    def mending(self) -> list[tuple[str, Promise]]:
        return list(MENDING[self.code])

    @property
    def untold(self) -> int:
        """Return how many were counted but not kept one by one."""
        return max(0, self.count - len(self.places))


def grouped(flaws: Iterable[Mapping[str, Any]], counts: Mapping[str, int]) -> list[Found]:
    """Return the flaws of each kind together, in the order of the checks; unknown kinds are passed over."""
    found = {code: Found(code, counts[code]) for code in map(str, IssueCode) if counts.get(code)}
    for flaw in flaws:
        if flaw["code"] in found:
            place = Place(flaw.get("page"), flaw.get("object", ""), flaw.get("detail", ""))
            if str(place):
                found[flaw["code"]].places.append(place)
    return list(found.values())
