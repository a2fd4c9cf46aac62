"""Runs in the site's own process, given by ``bench.search`` after ``STEPS = […]``: writes and searches pages.

How far it is goes to standard error, with the figures of each step.
"""

import io
import json
import logging
import os
import sys
import time
from datetime import UTC, datetime

from django.db import connection

from bench.searches import measured
from bench.words import dice, random_words, words
from papers.models import Paper, PaperIndex
from publishing.models import Author, Topic
from publishing.text_search import parse_query
from search.indexing import WEIGHTS
from search.models import Entry
from search.ranking import statement

PAGES_PER_PAPER = 200
PAGES_PER_COMMENT = 20
COLUMNS = """kind, page_id, number, person, title, author_name, date, topics, authors, audiences, series,
  weight, text, title_stems, name_stems, text_stems, other_stems"""
INDEXES = {"search_entry_index": "index", "search_entry_title_index": "title_index"}
logging.disable(logging.INFO)
# A page is ten of these; to draw each of its words anew would take most of the time.
sentences = [random_words(25) for _ in range(20_000)]


def generated_rows(papers: int) -> str:
    """Return the entries of so many new papers, as COPY reads them."""
    lines = []
    for _ in range(papers):
        number = Paper.objects.count()
        date = datetime(2012 + number % 14, 1 + number % 12, 1, tzinfo=UTC)
        paper = Paper(
            title=f"{random_words(4).title()} {number}", slug=f"n-{number}", first_published_at=date
        )
        PaperIndex.objects.get().add_child(instance=paper)
        topics = json.dumps([f"topic-{n}" for n in dice.sample(range(15), 2)])
        authors = json.dumps([f"author-{n}" for n in dice.sample(range(60), 2)])
        of_paper = [str(date), topics, authors, "[]", f"Series {number % 7}"]
        of_comment = [str(datetime.now(UTC)), topics, "[]", "[]", ""]
        lines.append(line(Entry.Kind.PAPER, paper.pk, 0, paper.title, of_paper, dice.choice(sentences)))
        for page in range(1, PAGES_PER_PAPER + 1):
            text = " ".join(dice.choices(sentences, k=10))
            lines.append(line(Entry.Kind.PDF_PAGE, paper.pk, page, "", of_paper, text))
            if page % PAGES_PER_COMMENT == 0:
                key = number * PAGES_PER_PAPER + page
                text = " ".join(dice.choices(sentences, k=2))
                lines.append(line(Entry.Kind.COMMENT, paper.pk, key, "", of_comment, text))
    return "".join(lines)


def line(kind: Entry.Kind, page: int, number: int, title: str, facets: list[str], text: str) -> str:
    weight = WEIGHTS.get(kind, 1)
    columns = [kind.value, page, number, "", title, "", *facets, weight, text, title.lower(), "", text, ""]
    return "\t".join(map(str, columns)) + "\n"


def write(papers: int) -> None:
    with connection.cursor() as cursor:
        for index in INDEXES:
            cursor.execute(f"DROP INDEX IF EXISTS {index}")
        for _ in range(0, papers, 10):
            cursor.copy_expert(f"COPY search_entry ({COLUMNS}) FROM STDIN", io.StringIO(generated_rows(10)))
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for index, column in INDEXES.items():
            cursor.execute(
                f"CREATE INDEX {index} ON search_entry USING gin ({column}) WITH (fastupdate = off)"
            )
        cursor.execute("VACUUM ANALYZE")


def sizes() -> dict[str, object]:
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT pg_size_pretty(pg_relation_size('search_entry')),
                   pg_size_pretty(pg_table_size('search_entry')),
                   pg_size_pretty(pg_relation_size('search_entry_index'))
        """)
        return dict(zip(("rows", "with_texts", "index"), cursor.fetchone(), strict=True))


def explained(query: str) -> str:
    sql, params = statement(parse_query(query))
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", params)
        return "\n".join(row[0] for row in cursor.fetchall())


with connection.cursor() as cursor:
    cursor.execute("ALTER TABLE search_entry SET UNLOGGED")  # nothing here must outlast a crash
Topic.objects.bulk_create(Topic(name=f"Topic {n}", slug=f"topic-{n}") for n in range(15))
Author.objects.bulk_create(Author(name=f"Author Number {n}", slug=f"author-{n}") for n in range(60))
rows: list[dict[str, object]] = []
written = 0
for pages in STEPS:  # type: ignore[name-defined]  # noqa: F821 - put before this script
    started = time.perf_counter()
    write((pages - written) // PAGES_PER_PAPER)
    written = pages
    took = round(time.perf_counter() - started)
    rows.append({"what": f"{pages:,} pages written and indexed", "seconds": took} | sizes())
    for row in measured():
        rows.append(
            {"what": f"{pages:,} pages, {row.pop('what')}"} | row | {"load": round(os.getloadavg()[0], 1)}
        )
    print(*rows[-13:], sep="\n", file=sys.stderr)
plans = {query: explained(query) for query in (words[3_000], f"{words[1]} {words[2]}")}
print("FACTS" + json.dumps({"rows": rows, "plans": plans}))
