"""What a file's own metadata offers for the fields of a paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.conf import settings
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import gettext

from papers.files import languages
from papers.files.models import FileRecord


class Described(Protocol):
    """A paper, as far as a file can describe it."""

    title: str
    subtitle: str
    publication_date: date | None
    language: str

    @property
    def byline(self) -> Sequence[object]: ...


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``field`` is the id of the form field that takes ``value``; empty if it can't be filled in."""

    label: str
    shown: str
    field: str = ""
    value: str = ""


def suggestions_for(paper: Described, record: FileRecord | None) -> list[Suggestion]:
    """Return what the file says and the paper doesn't: title, date, language, authors.

    Empty until the file was checked.
    """
    if record is None or not hasattr(record, "accessibility_report"):
        return []
    document_info = record.accessibility_report.document_info
    suggestions = []
    title = document_info.get("title", "")[:255]
    if title and title not in (paper.title, f"{paper.title}: {paper.subtitle}"):
        suggestions.append(Suggestion(gettext("Title"), title, "id_title", title))
    day = parse_date(document_info.get("date", ""))
    if paper.publication_date is None and day:
        shown = format_date(day, "DATE_FORMAT")
        suggestions.append(Suggestion(gettext("Date"), shown, "id_publication_date", day.isoformat()))
    tag = languages.nearest(record.language)
    if tag and not paper.language and tag != settings.LANGUAGE_CODE:
        suggestions.append(Suggestion(gettext("Language"), languages.name(tag), "id_language", tag))
    if document_info.get("author") and not paper.byline:
        suggestions.append(Suggestion(gettext("Authors"), document_info["author"]))
    return suggestions


def parse_date(text: str) -> date | None:
    """Return the day of a date or moment; that of a moment with a time zone is the day it was here."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return timezone.localdate(moment) if moment.tzinfo else moment.date()
