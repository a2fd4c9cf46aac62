"""Findable posts and papers, and what a search shows of them."""

from __future__ import annotations

from http import HTTPStatus

from papers.models import Edition, FileRecord, PageText
from publishing.models import SiteDocument
from search.indexing import index_page
from tests.support.factories import make_paper, make_post


def results_of(client, query: str) -> list[tuple[str, int]]:
    """Return what a search shows: kind and number of each result."""
    response = client.get(
        "/search/",
        {"q": query} if "=" not in query else dict(part.split("=", 1) for part in query.split("&")),
    )
    assert response.status_code == HTTPStatus.OK
    return [(result["entry"].kind, result["entry"].number) for result in response.context["results"]]


def make_findable_post(**fields):
    post = make_post(**fields)
    index_page(post.pk)
    return post


def make_read_paper(pages: list[str], **fields):
    paper = make_paper(**fields)
    document = SiteDocument.objects.create(title="File", file="documents/file.pdf")
    record = FileRecord.objects.create(
        document=document, sha256="0" * 64, size=1, page_count=len(pages), state=FileRecord.State.READ
    )
    PageText.objects.bulk_create(
        PageText(record=record, number=n, text=text) for n, text in enumerate(pages, 1)
    )
    Edition.objects.create(paper=paper, document=document, state=Edition.State.PUBLISHED)
    index_page(paper.pk)
    return paper
