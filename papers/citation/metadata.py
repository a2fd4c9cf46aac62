"""Metadata of a paper for catalogs, scholarly search engines and reference managers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from publishing import schema_org

if TYPE_CHECKING:
    from papers.citation.citation import Citable
    from papers.editions.models import Edition

PDF = "application/pdf"


def highwire(paper: Citable) -> Iterator[tuple[str, str]]:
    """Yield the ``citation_`` tags of a technical report, which Google Scholar and Zotero read."""
    citation = paper.citation
    item = citation.item
    yield "citation_title", item["title"]
    for authorship in paper.byline:
        yield "citation_author", authorship.author.sort_name
        yield "citation_author_institution", authorship.organisation
        yield "citation_author_orcid", authorship.author.orcid_url
    yield (
        "citation_publication_date",
        f"{citation.publication_date:%Y/%m/%d}" if citation.publication_date else "",
    )
    yield "citation_online_date", f"{localdate(paper.posted_on):%Y/%m/%d}" if paper.posted_on else ""
    yield "citation_technical_report_institution", paper.publisher
    yield "citation_technical_report_number", paper.series_number
    yield "citation_doi", paper.doi
    yield "citation_isbn", paper.isbn
    yield "citation_language", item["language"]
    for topic in paper.topics:
        yield "citation_keywords", topic.name
    yield "citation_abstract_html_url", paper.full_url
    if paper.downloadable_edition:
        yield "citation_pdf_url", f"{paper.full_url}download/"


def dublin_core(paper: Citable) -> Iterator[tuple[str, str]]:
    """Yield element and value of simple Dublin Core, in the order of its fifteen elements."""
    citation = paper.citation
    item = citation.item
    yield "title", item["title"]
    for authorship in paper.byline:
        yield "creator", authorship.author.sort_name
    for topic in paper.topics:
        yield "subject", topic.name
    yield "description", item.get("abstract") or paper.introduction
    yield "publisher", paper.publisher
    yield "date", citation.publication_date.isoformat() if citation.publication_date else ""
    yield "type", "Text"
    yield "type", "Report"
    yield "format", media_type(paper)
    yield "identifier", paper.full_url
    yield "identifier", paper.doi_url
    yield "identifier", f"urn:isbn:{paper.isbn}" if paper.isbn else ""
    yield "language", item["language"]
    if paper.successor:
        yield "relation", paper.successor.full_url
    yield "rights", paper.licence_url or str(paper.effective_licence.label)


def media_type(paper: Citable) -> str:
    """Return the media type of a paper: its file's, or HTML where it is read online."""
    if paper.newest_edition is None:
        return ""
    return PDF if paper.downloadable_edition else "text/html"


def schema_org_report(paper: Citable) -> dict[str, Any]:
    """Return the paper as a schema.org item."""
    citation, edition, file = paper.citation, paper.newest_edition, paper.downloadable_edition
    first = paper.publication_date or citation.publication_date
    series = paper.series and {"@type": "CreativeWorkSeries", "name": paper.series}
    institution = paper.publisher and {"@type": "Organization", "name": paper.publisher}
    report = schema_org.article(paper) | {
        "@type": ["Report", "ScholarlyArticle"],
        "name": paper.title,
        "alternativeHeadline": paper.subtitle,
        "abstract": citation.item.get("abstract"),
        "inLanguage": paper.language_tag,
        "datePublished": first.isoformat() if first else "",
        "dateModified": max(filter(None, [citation.publication_date, first])).isoformat() if first else "",
        "reportNumber": paper.series_number,
        "isPartOf": series,
        "identifier": paper.doi_url,
        "isbn": paper.isbn,
        "license": paper.licence_url,
        "version": str(edition.number) if edition else "",
        "creativeWorkStatus": "" if paper.is_current else paper.status,
        "isAccessibleForFree": edition is not None,
        "encoding": encoding(paper, file) if file else None,
        "hasPart": [
            {"@type": "Dataset", "name": str(one), "url": one.full_url, "encodingFormat": one.content_type}
            for one in paper.published_data
        ],
    }
    return report | ({"publisher": institution} if institution else {})


def encoding(paper: Citable, edition: Edition) -> dict[str, Any]:
    record = edition.record
    return {
        "@type": "MediaObject",
        "contentUrl": f"{paper.full_url}{edition.download_path}",
        "encodingFormat": PDF,
        "contentSize": f"{record.size} B" if record else "",
        "sha256": record.sha256 if record else "",
    }
