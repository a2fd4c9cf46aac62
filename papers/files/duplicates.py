"""Papers and files that look as if they were here already."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.utils.translation import gettext

if TYPE_CHECKING:
    from papers.models import Paper
    from publishing.models import SiteDocument

ALIKE = 0.9  # of 1, which is the same
MOST_NAMED = 5
NO_LETTERS = re.compile(r"[\W_]+")


def nearly_same(title: str, other: str) -> bool:
    """Say whether two titles differ in no more than a letter or two, signs and capitals aside."""
    one, two = (NO_LETTERS.sub(" ", words).casefold().strip() for words in (title, other))
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    return (
        bool(one)
        and matcher.real_quick_ratio() >= ALIKE
        and matcher.quick_ratio() >= ALIKE
        and (matcher.ratio() >= ALIKE)
    )


def same_file(document: SiteDocument) -> list[str]:
    """Return the names of other documents whose file has the same bytes."""
    from papers.models import FileRecord

    record = FileRecord.objects.filter(document=document.pk).first()
    if record is None:
        return []
    others = FileRecord.objects.filter(sha256=record.sha256).exclude(pk=record.pk).order_by("pk")
    return list(others.values_list("document__title", flat=True)[:MOST_NAMED])


def papers_like(title: str, *, besides: int | None = None) -> list[str]:
    """Return the titles of papers that are called nearly the same."""
    from papers.models import Paper

    titles = Paper.objects.exclude(pk=besides).order_by("pk").values_list("title", flat=True)
    return [other for other in titles.iterator() if nearly_same(title, other)][:MOST_NAMED]


def warnings_about(document: SiteDocument) -> list[str]:
    """Return what to tell whoever has just uploaded a file."""
    return _in_words(same_file(document), papers_like(title_in(document) or document.title))


def warnings_for(paper: Paper) -> list[str]:
    """Return what to tell whoever edits a paper: about its name, and the file that comes next."""
    edition = paper.edition_to_come
    files = same_file(edition.document) if edition else []
    return _in_words(files, papers_like(paper.title, besides=paper.pk))


def title_in(document: SiteDocument) -> str:
    record = getattr(document, "record", None)
    return record.title if record else ""


def _in_words(files: list[str], papers: list[str]) -> list[str]:
    words = [gettext("The same file is here already, as “%(title)s”.") % {"title": title} for title in files]
    return words + [
        gettext("There is a paper with nearly the same title: “%(title)s”.") % {"title": title}
        for title in papers
    ]
