"""Typed links for programs in the Link header (signposting.org, FAIR profile)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from papers.citation.formats import FORMATS

if TYPE_CHECKING:
    from papers.citation.citation import Citable
    from papers.editions.models import Edition

ABOUT_PAGE, REPORT = "https://schema.org/AboutPage", "https://schema.org/Report"
PDF, HTML = "application/pdf", "text/html"


def landing_page_links(paper: Citable) -> str:
    """Return the header ``Link`` of a paper's own page."""
    return ", ".join(format_link(*signpost) for signpost in landing_signposts(paper))


def landing_signposts(paper: Citable) -> Iterator[tuple[str, str, str]]:
    """Yield relation, address and media type, which may be empty."""
    home = paper.full_url
    yield "cite-as", paper.doi_url or home, ""
    yield "type", ABOUT_PAGE, ""
    yield "type", REPORT, ""
    if paper.downloadable_edition:
        yield "item", f"{home}{paper.downloadable_edition.download_path}", PDF
    elif paper.newest_edition:
        yield "item", f"{home}{paper.newest_edition.reading_path}", HTML
    for file in paper.published_data:
        yield "item", file.full_url, file.content_type
    for key, format in FORMATS.items():
        yield "describedby", f"{home}cite/{key}/", format.content_type.partition(";")[0]
    if paper.licence_url:
        yield "license", paper.licence_url, ""
    for authorship in paper.byline:
        if authorship.author.orcid_url:
            yield "author", authorship.author.orcid_url, ""


def file_links(edition: Edition) -> str:
    """Return the header ``Link`` of an edition's file."""
    paper = edition.paper
    signposts = [
        ("collection", paper.full_url, HTML),
        ("cite-as", paper.doi_url or paper.full_url, ""),
        ("license", edition.effective_licence.url, ""),
    ]
    return ", ".join(format_link(*signpost) for signpost in signposts if signpost[1])


def description_links(paper: Citable) -> str:
    """Return the header ``Link`` of a file that describes a paper."""
    return format_link("describes", paper.full_url, "text/html")


def format_link(relation: str, address: str, kind: str = "") -> str:
    """Return one link; characters that would end the address are escaped."""
    safe = address.replace("<", "%3C").replace(">", "%3E").replace("\n", "").replace("\r", "")
    return f'<{safe}>; rel="{relation}"' + (f'; type="{kind}"' if kind else "")
