"""What a file says of itself, offered for a paper's own fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.defaultfilters import date as in_words
from django.utils.translation import gettext

from papers.files import languages

if TYPE_CHECKING:
    from papers.models import FileRecord, Paper


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``field`` is the id of a field of the paper's form, nothing where there is none to fill in."""

    label: str
    shown: str
    field: str = ""
    value: str = ""


def suggestions_for(paper: Paper) -> list[Suggestion]:
    """Return what the newest file says and the paper doesn't."""
    edition = paper.edition_to_come
    return suggestions_in(edition.record, paper) if edition else []


def suggestions_in(record: FileRecord | None, paper: Paper) -> list[Suggestion]:
    """Return what a file says and the paper doesn't: title, date, language, authors."""
    if record is None or not hasattr(record, "report"):
        return []
    said = record.report.particulars
    found = []
    title = said.get("title", "")[:255]
    if title and title not in (paper.title, f"{paper.title}: {paper.subtitle}"):
        found.append(Suggestion(gettext("Title"), title, "id_title", title))
    if paper.dated is None and (day := day_in(said.get("date", ""))):
        found.append(Suggestion(gettext("Date"), in_words(day, "DATE_FORMAT"), "id_dated", day.isoformat()))
    tag = languages.nearest(record.language)
    if tag and not paper.language and tag != settings.LANGUAGE_CODE:
        found.append(Suggestion(gettext("Language"), languages.name(tag), "id_language", tag))
    if said.get("author") and not paper.byline:
        found.append(Suggestion(gettext("Authors"), said["author"]))
    return found


def day_in(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
