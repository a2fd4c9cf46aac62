"""What the head of a page tells programs."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape

from publishing.models import Authorship, TopicLink
from tests.support.factories import make_author, make_paper, make_topic
from tests.support.paper_files import make_edition

ORCID = "0000-0002-1825-0097"


def head(client, page) -> str:
    return client.get(page.url).content.decode().partition("</head>")[0]


def tags(client, page) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for name, content in re.findall(
        r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', head(client, page)
    ):
        values.setdefault(name, []).append(unescape(content))
    return values


def data(client, page) -> dict:
    values = re.search(r'<script type="application/ld\+json">(.*?)</script>', head(client, page), re.DOTALL)
    return json.loads(values.group(1))


def make_full_paper():
    paper = make_paper(
        title="Building Capacity", publisher="An Association", publication_date=date(2009, 3, 24),
        series="White Papers", series_number="1", doi="10.1000/182", isbn="9780306406157",
        abstract="<p>Small &amp; strong.</p>",
    )  # fmt: skip
    Authorship.objects.create(page=paper, author=make_author("Adele Quillfeather", orcid=ORCID))
    TopicLink.objects.create(page=paper, topic=make_topic("Shared services"))
    make_edition(paper)
    return paper
