"""Warnings about files and titles that look as if they were here already."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from django.utils.translation import gettext

from papers.files.models import FileRecord
from publishing.models import SiteDocument

MIN_SIMILARITY = 0.9  # of 1, which is the same
MAX_NAMED = 5
NOT_LETTERS = re.compile(r"[\W_]+")


def is_similar(title: str, other: str) -> bool:
    """Say whether two titles differ by few characters, apart from punctuation and case."""
    one, two = (NOT_LETTERS.sub(" ", words).casefold().strip() for words in (title, other))
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    return (
        bool(one)
        and matcher.real_quick_ratio() >= MIN_SIMILARITY
        and matcher.quick_ratio() >= MIN_SIMILARITY
        and matcher.ratio() >= MIN_SIMILARITY
    )


def similar_titles(title: str, titles: Iterable[str]) -> list[str]:
    """Return those of ``titles`` that are nearly the same as ``title``, at most five."""
    return [other for other in titles if is_similar(title, other)][:MAX_NAMED]


def titles_of_same_file(document: SiteDocument) -> list[str]:
    """Return the titles of other documents whose file has the same bytes, at most five."""
    record = FileRecord.objects.filter(document=document.pk).first()
    if record is None:
        return []
    others = FileRecord.objects.filter(sha256=record.sha256).exclude(pk=record.pk).order_by("pk")
    return list(others.values_list("document__title", flat=True)[:MAX_NAMED])


def duplicate_warnings(document: SiteDocument | None, title: str, titles: Iterable[str]) -> list[str]:
    """Return sentences about other copies of the document's file, and about papers with a similar title."""
    files = titles_of_same_file(document) if document is not None else []
    return [
        *(
            gettext("The same file has already been uploaded, as “%(title)s”.") % {"title": other}
            for other in files
        ),
        *(
            gettext("Another white paper has nearly the same title: “%(title)s”.") % {"title": other}
            for other in similar_titles(title, titles)
        ),
    ]


def best_title(document: SiteDocument) -> str:
    """Return the title that the file itself gives, or else the document's."""
    record = getattr(document, "record", None)
    return (record.title if record else "") or document.title
