"""Writing the table: what is findable about a page, its file and its discussion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search.backends import get_search_backend

from discussion.models import Comment
from papers.models import PageText, Paper
from publishing.models import all_pages
from search.models import Entry

# By the word a page has for itself, so that the front door's plain pages need not be known.
KINDS = {"post": Entry.Kind.POST, "paper": Entry.Kind.PAPER, "plain": Entry.Kind.PLAIN}


def write_page(page_id: int) -> int:
    """Write anew all entries of one page; return how many there are now."""
    page = all_pages().published().filter(pk=page_id).specific().first()
    entries = list(entries_of(page)) if page is not None else []
    replace({"page_id": page_id}, entries)
    return len(entries)


def write_comment(comment_id: int, page_id: int) -> None:
    """Write anew the entry of one comment, or take it away."""
    said = Comment.objects.published().with_writers().filter(pk=comment_id).first()
    page = all_pages().published().filter(pk=page_id).specific().first()
    entries = [comment_entry(said, page)] if said and page else []
    replace({"page_id": page_id, "kind": Entry.Kind.COMMENT, "number": comment_id}, entries)


def replace(old: dict[str, Any], new: list[Entry]) -> None:
    with transaction.atomic():
        Entry.objects.filter(**old).delete()
        # bulk_create sends no signals, so the index is told here, once for all.
        get_search_backend().add_bulk(Entry, Entry.objects.bulk_create(new, batch_size=500))


def entries_of(page: Any) -> Iterable[Entry]:
    """Yield an entry for the page, each page of its newest file, and each comment."""
    if getattr(page, "kind", "") not in KINDS:
        return
    yield page_entry(page)
    if isinstance(page, Paper) and page.record:
        for sheet in PageText.objects.filter(record=page.record).exclude(text=""):
            yield sheet_entry(sheet, page)
    for said in Comment.objects.published().with_writers().filter(page_id=page.pk).iterator(chunk_size=500):
        yield comment_entry(said, page)


def page_entry(page: Any) -> Entry:
    parts = [getattr(page, name, "") for name in ("subtitle", "introduction")]
    parts.append(get_text_for_indexing(getattr(page, "abstract", "") or ""))
    if isinstance(page, Paper):
        parts += [str(finding.value) for finding in page.key_findings]
    else:
        parts += page.body.stream_block.get_searchable_content(page.body)
    said_by = ", ".join(authorship.name for authorship in getattr(page, "byline", []))
    return Entry(
        kind=KINDS[page.kind],
        title=page.title,
        text=" ".join(filter(None, parts)),
        said_by=said_by,
        **shared(page),
    )


def sheet_entry(sheet: PageText, page: Paper) -> Entry:
    return Entry(kind=Entry.Kind.SHEET, number=sheet.number, text=sheet.text, **shared(page))


def comment_entry(said: Comment, page: Page) -> Entry:
    own = {"dated": said.submit_date, "authors": []}
    return Entry(
        kind=Entry.Kind.COMMENT,
        number=said.pk,
        text=strip_tags(said.html),
        said_by=said.name,
        **shared(page) | own,
    )


def shared(page: Any) -> dict[str, Any]:
    """Return what every entry of a page says alike."""
    return {
        "page_id": page.pk,
        "dated": page.first_published_at,
        "topics": [topic.slug for topic in getattr(page, "topics", [])],
        "authors": [authorship.author.slug for authorship in getattr(page, "byline", [])],
        "series": getattr(page, "series", ""),
        "audiences": getattr(page, "audiences", []),
    }


def write_everything() -> int:
    """Write the whole table anew; return how many entries there are."""
    written = 0
    published = all_pages().published()
    Entry.objects.exclude(page__in=published.order_by().values("pk")).delete()
    for page_id in published.values_list("pk", flat=True):
        written += write_page(page_id)
    return written
