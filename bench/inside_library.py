"""Runs in the site's own process, given by ``bench.library``: papers, pages, one upload timed.

Arguments: how many papers, and the size in bytes of the file that is downloaded.
How far it is goes to standard error.
"""

import json
import logging
import sys
import time
from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone

from bench.paper_files import edition, long_file, paper, pdf
from bench.searches import measured, searches
from bench.words import dice, random_words
from papers.models import FileRecord, Paper
from publishing.models import Audience, Author, Authorship, Topic, TopicLink
from search.indexing import WEIGHTS, index_page, replace, shared_fields
from search.models import Entry

PAGES, WORDS_PER_PAGE = 20, 250
COMMENTS, WORDS_PER_COMMENT = 25, 60  # of one paper
BATCH_SIZE = 50  # papers in one transaction
logging.disable(logging.INFO)


def timed_upload() -> list[dict[str, object]]:
    """Take one file of 100 pages through every step, as the form and the worker do."""
    content, started = pdf(100), time.perf_counter()
    home = paper("A hundred pages", slug="a-hundred-pages")
    document = edition(home, content).document
    read = time.perf_counter()
    index_page(home.pk)
    ended = time.perf_counter()
    assert FileRecord.objects.get(document=document).page_count == 100
    figures: dict[str, object] = {
        "seconds": round(ended - started, 2),
        "of_them_indexing": round(ended - read, 2),
    }
    return [{"what": "from upload to searchable, 100 pages"} | figures]


def fill(papers: int) -> list[dict[str, object]]:
    started = time.perf_counter()
    topics = [Topic.objects.create(name=f"Topic {n}", slug=f"topic-{n}") for n in range(15)]
    authors = [Author.objects.create(name=f"Author Number {n}", slug=f"author-{n}") for n in range(60)]
    for first in range(0, papers, BATCH_SIZE):
        numbers = range(first, min(first + BATCH_SIZE, papers))
        with transaction.atomic():
            homes = [generated_paper(number) for number in numbers]
            TopicLink.objects.bulk_create(
                TopicLink(page=home, topic=topic) for home in homes for topic in dice.sample(topics, 2)
            )
            Authorship.objects.bulk_create(
                Authorship(page=home, author=author) for home in homes for author in dice.sample(authors, 2)
            )
            replace(
                {"page__in": [home.pk for home in homes]},
                [entry for home in homes for entry in entries_of(Paper.objects.get(pk=home.pk))],
            )
        print(f"{numbers[-1] + 1} papers after {time.perf_counter() - started:.0f} s", file=sys.stderr)
    figures: dict[str, object] = {"seconds": round(time.perf_counter() - started)}
    what = f"{papers:,} papers of {PAGES} pages and {COMMENTS} comments written"
    return [{"what": what} | figures]


def generated_paper(number: int) -> Paper:
    return paper(
        f"{random_words(4).title()} {number}",
        slug=f"generated-{number}",
        first_published_at=datetime(2012 + number % 14, 1 + number % 12, 1, tzinfo=UTC),
        series=f"Series {number % 7}",
        audiences=dice.sample(Audience.values, number % 3),
    )


def entries_of(home: Paper) -> list[Entry]:
    fields = shared_fields(home)
    pages = [
        Entry(kind=Entry.Kind.PDF_PAGE, number=number, text=random_words(WORDS_PER_PAGE), **fields)
        for number in range(1, PAGES + 1)
    ]
    comments = [
        Entry(
            kind=Entry.Kind.COMMENT,
            number=home.pk * 1_000 + number,
            text=random_words(WORDS_PER_COMMENT),
            author_name=f"Reader {dice.randrange(2_000)}",
            **fields | {"authors": [], "date": timezone.now()},
        )
        for number in range(COMMENTS)
    ]
    abstract = Entry(kind=Entry.Kind.PAPER, title=home.title, text=random_words(60), **fields)
    for entry in [*pages, *comments, abstract]:
        entry.weight = WEIGHTS.get(Entry.Kind(entry.kind), 1)
    return [*pages, *comments, abstract]


rows = fill(int(sys.argv[1])) + timed_upload()
rows += measured()
facts = {"rows": rows, "searches": searches(), **long_file(int(sys.argv[2]))}
print("FACTS" + json.dumps(facts))
