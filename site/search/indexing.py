"""Writing the search table: the entries of a page, its file and its discussion."""

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

# By the value of a page's ``kind``, since this room must not import home and its content pages.
KINDS = {"post": Entry.Kind.POST, "paper": Entry.Kind.PAPER, "plain": Entry.Kind.CONTENT}


def index_page(page_id: int) -> int:
    """Rewrite all entries of one page; return how many there are now."""
    page = all_pages().published().filter(pk=page_id).specific().first()
    entries = list(entries_of(page)) if page is not None else []
    replace({"page_id": page_id}, entries)
    return len(entries)


def index_comment(comment_id: int, page_id: int) -> None:
    """Rewrite the entry of one comment, or delete it where the comment is not public."""
    comment = Comment.objects.published().with_authors().filter(pk=comment_id).first()
    page = all_pages().published().filter(pk=page_id).specific().first()
    entries = [comment_entry(comment, page)] if comment and page else []
    replace({"page_id": page_id, "kind": Entry.Kind.COMMENT, "number": comment_id}, entries)


def replace(old: dict[str, Any], new: list[Entry]) -> None:
    """Delete the entries that match the lookups ``old`` and save ``new``, in one transaction."""
    with transaction.atomic():
        Entry.objects.filter(**old).delete()
        # bulk_create sends no signals, so the full-text index is updated here, once for all.
        get_search_backend().add_bulk(Entry, Entry.objects.bulk_create(new, batch_size=500))


def entries_of(page: Any) -> Iterable[Entry]:
    """Yield the entries of the page, of each page of its newest file, and of each comment."""
    if getattr(page, "kind", "") not in KINDS:
        return
    yield page_entry(page)
    if isinstance(page, Paper) and page.record:
        for pdf_page in PageText.objects.filter(record=page.record).exclude(text=""):
            yield pdf_page_entry(pdf_page, page)
    for comment in (
        Comment.objects.published().with_authors().filter(page_id=page.pk).iterator(chunk_size=500)
    ):
        yield comment_entry(comment, page)


def page_entry(page: Any) -> Entry:
    parts = [getattr(page, name, "") for name in ("subtitle", "introduction")]
    parts.append(get_text_for_indexing(getattr(page, "abstract", "") or ""))
    if isinstance(page, Paper):
        parts += [str(finding.value) for finding in page.key_findings]
    else:
        parts += page.body.stream_block.get_searchable_content(page.body)
    return Entry(
        kind=KINDS[page.kind],
        title=page.title,
        text=" ".join(filter(None, parts)),
        author_name=", ".join(authorship.name for authorship in getattr(page, "byline", [])),
        **shared_fields(page),
    )


def pdf_page_entry(pdf_page: PageText, page: Paper) -> Entry:
    return Entry(kind=Entry.Kind.PDF_PAGE, number=pdf_page.number, text=pdf_page.text, **shared_fields(page))


def comment_entry(comment: Comment, page: Page) -> Entry:
    own_fields = {"date": comment.submit_date, "authors": []}
    return Entry(
        kind=Entry.Kind.COMMENT,
        number=comment.pk,
        text=strip_tags(comment.html),
        author_name=comment.name,
        **shared_fields(page) | own_fields,
    )


def shared_fields(page: Any) -> dict[str, Any]:
    """Return the fields that all entries of a page have in common."""
    return {
        "page_id": page.pk,
        "date": page.first_published_at,
        "topics": [topic.slug for topic in getattr(page, "topics", [])],
        "authors": [authorship.author.slug for authorship in getattr(page, "byline", [])],
        "series": getattr(page, "series", ""),
        "audiences": getattr(page, "audiences", []),
    }


def rebuild() -> int:
    """Rewrite the whole table; return how many entries there are."""
    count = 0
    published = all_pages().published()
    Entry.objects.exclude(page__in=published.order_by().values("pk")).delete()
    for page_id in published.values_list("pk", flat=True):
        count += index_page(page_id)
    return count
