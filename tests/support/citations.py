"""Papers to be cited, and their references."""

from __future__ import annotations

from datetime import date

from papers.models import Paper
from publishing.models import Authorship
from tests.support.factories import make_author, make_paper


def make_cited(*names: str, **fields) -> Paper:
    fields = {
        "title": "Building Capacity",
        "subtitle": "What Agencies Do",
        "slug": "capacity",
        "publisher": "An Association",
        "publication_date": date(2009, 3, 24),
        "series": "White Papers",
        "series_number": "1",
    } | fields
    paper = make_paper(**fields)
    for name in names or ("Adele Quillfeather", "An Nguyen"):
        Authorship.objects.create(page=paper, author=make_author(name))
    return paper


def words(html: str) -> str:
    return html.replace("<i>", "").replace("</i>", "")


def references(paper: Paper) -> dict[str, str]:
    return {style: words(line) for _key, style, line in Paper.objects.get(pk=paper.pk).citation.references}
