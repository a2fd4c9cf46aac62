"""Which entries match a query, best first: one statement for each database."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

from django.db import connection

from publishing.text_search import Sequence, Term, adjoining

MAX_RESULTS = 2_000  # a query with more is too broad to page through
MAX_RANKED = 3_000  # of a broad query's matches on PostgreSQL, the ones written last
NEAR = 8  # words, within which all of a query are near
MAX_PAIRS = 5  # of words whose distance PostgreSQL is asked for

# The columns are title, names, text, and identifiers with compounds.
ON_SQLITE = """
SELECT rowid, -bm25(search_index, 6, 4, 1, 3)
       * CASE
           WHEN %(phrase)s <> ''
                AND rowid IN (SELECT rowid FROM search_index WHERE search_index MATCH %(phrase)s) THEN 8
           WHEN %(near)s <> ''
                AND rowid IN (SELECT rowid FROM search_index WHERE search_index MATCH %(near)s) THEN 2
           ELSE 1
         END AS score
FROM search_index
WHERE search_index MATCH %(query)s
ORDER BY score DESC, rowid DESC
LIMIT %(max_results)s
"""

# Titles are searched separately: they are few, and an old one must not be lost behind new pages.
# The query is repeated in every place, so that the planner can tell a rare word from a frequent one.
ON_POSTGRESQL = """
WITH matching AS (
  (SELECT id FROM search_entry WHERE title_index @@ %(query)s::tsquery
   ORDER BY id DESC LIMIT %(max_results)s)
  UNION
  (SELECT id FROM search_entry WHERE index @@ %(query)s::tsquery
   ORDER BY id DESC LIMIT %(max_ranked)s)
)
SELECT id, ts_rank('{.6, .2, .7, 1}', index, %(query)s::tsquery, 1)
       * CASE
           WHEN index @@ %(phrase)s::tsquery THEN 8
           WHEN index @@ %(near)s::tsquery THEN 2
           ELSE 1
         END AS score
FROM search_entry JOIN matching USING (id)
ORDER BY score DESC, id DESC
LIMIT %(max_results)s
"""


class Match(NamedTuple):
    entry_id: int
    score: float


def ranked(terms: list[Term], *, any_term: bool = False) -> list[Match]:
    """Return the entries that have all of the terms, or any, best first.

    Better are those where the words follow one another, or are near. The entries
    may belong to pages that are not public, and an exact term is found by its stems.
    """
    if not terms:
        return []
    dialect = current_dialect()
    together = adjoining(terms)
    joint = dialect.either if any_term else dialect.both
    params: dict[str, Any] = {
        "query": joint.join(dialect.term(term) for term in terms),
        "phrase": dialect.term(together) if together else "",
        "near": dialect.near(together.forms[0]) if together else "",
        "max_results": MAX_RESULTS,
        "max_ranked": MAX_RANKED,
    }
    with connection.cursor() as cursor:
        cursor.execute(dialect.statement, params)
        return [Match(*row) for row in cursor.fetchall()]


def exists(term: Term) -> bool:
    """Say whether any entry has the term."""
    dialect = current_dialect()
    with connection.cursor() as cursor:
        cursor.execute(dialect.existing, [dialect.term(term)])
        return cursor.fetchone() is not None


class Sqlite:
    """FTS5's query language. Stems are letters and digits, so that quotation marks make them safe."""

    statement, both, either = ON_SQLITE, " AND ", " OR "
    existing = "SELECT 1 FROM search_index WHERE search_index MATCH %s LIMIT 1"

    def term(self, term: Term) -> str:
        return "(" + " OR ".join(f'"{" ".join(form)}"' for form in term.forms) + ")"

    def near(self, stems: Sequence) -> str:
        words = " ".join(f'"{stem}"' for stem in stems)
        return f"NEAR({words}, {NEAR})"


class Postgresql:
    """The language of tsquery, quoted likewise."""

    statement, both, either = ON_POSTGRESQL, " & ", " | "
    existing = "SELECT 1 FROM search_entry WHERE index @@ %s::tsquery LIMIT 1"

    def term(self, term: Term) -> str:
        return "(" + " | ".join(" <-> ".join(f"'{stem}'" for stem in form) for form in term.forms) + ")"

    def near(self, stems: Sequence) -> str:
        pairs = list(pairwise(stems))[:MAX_PAIRS]
        return " & ".join(
            "(" + " | ".join(f"'{a}' <{n}> '{b}' | '{b}' <{n}> '{a}'" for n in range(1, NEAR + 1)) + ")"
            for a, b in pairs
        )


def current_dialect() -> Sqlite | Postgresql:
    return Postgresql() if connection.vendor == "postgresql" else Sqlite()
