"""Which entries match a query, best first: one statement for each database."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

from django.db import connection

from publishing.text_search import Sequence, Term, adjoining
from search.models import Entry

MAX_RESULTS = 2_000  # a query with more is too broad to page through
MAX_RANKED = 1_000  # of a broad query's matches in one group of kinds, the ones written last
NEAR = 8  # words, within which all of a query are near
MAX_PAIRS = 5  # of words whose distance PostgreSQL is asked for
# In how many pages, and comments, that have all its words PostgreSQL looks for a phrase: at first, and where
# that finds too few.
MAX_READ, MAX_READ_AGAIN, ENOUGH = 10_000, 100_000, 10

# Each is ranked for itself: thousands of new comments must not keep out pages of papers, nor these a post.
GROUPS = {
    "pages": [Entry.Kind.PDF_PAGE],
    "comments": [Entry.Kind.COMMENT],
    "others": [Entry.Kind.POST, Entry.Kind.PAPER, Entry.Kind.PERSON, Entry.Kind.CONTENT],
}

# Cast where the databases differ. Stems stand behind the text, all of which SQLite must read to get there.
COLUMNS = """
  id, score * weight, kind, page_id, person, title, CASE WHEN title = '' THEN '' ELSE title_stems END,
  CAST(topics AS text), CAST(authors AS text), CAST(audiences AS text), series, CAST(date AS text)
"""

# FTS5 gives the newest first without sorting, so that a limit ends its work. Only the score needs all matches
# of a query: bm25 counts them, and the plus keeps SQLite from asking for it once for each entry.
# The columns it weighs are title, names, text, identifiers with compounds, and the kind.
ON_SQLITE = """
WITH pages AS MATERIALIZED (
  SELECT rowid FROM search_index WHERE search_index MATCH %(pages)s ORDER BY rowid DESC LIMIT %(ranked)s
), comments AS MATERIALIZED (
  SELECT rowid FROM search_index WHERE search_index MATCH %(comments)s ORDER BY rowid DESC LIMIT %(ranked)s
), others AS MATERIALIZED (
  SELECT rowid FROM search_index WHERE search_index MATCH %(others)s ORDER BY rowid DESC LIMIT %(ranked)s
), titles AS MATERIALIZED (
  SELECT rowid FROM search_index WHERE search_index MATCH %(titles)s ORDER BY rowid DESC LIMIT %(max_results)s
), phrases AS MATERIALIZED (
  SELECT rowid FROM search_index WHERE search_index MATCH %(phrase)s ORDER BY rowid DESC LIMIT %(ranked)s
), nearby AS MATERIALIZED (
  SELECT rowid FROM search_index
  WHERE search_index MATCH %(near_pages)s AND rowid >= (SELECT min(rowid) FROM pages)
  UNION ALL
  SELECT rowid FROM search_index
  WHERE search_index MATCH %(near_comments)s AND rowid >= (SELECT min(rowid) FROM comments)
  UNION ALL
  SELECT rowid FROM search_index
  WHERE search_index MATCH %(near_others)s AND rowid >= (SELECT min(rowid) FROM others)
), best AS MATERIALIZED (
  SELECT rowid AS entry_id, -bm25(search_index, 6, 4, 1, 3, 0)
         * CASE WHEN rowid IN (SELECT rowid FROM phrases) THEN 8
                WHEN rowid IN (SELECT rowid FROM nearby) THEN 2
                ELSE 1
           END AS score
  FROM search_index
  WHERE search_index MATCH %(query)s AND +rowid IN (
    SELECT rowid FROM pages UNION ALL SELECT rowid FROM comments UNION ALL SELECT rowid FROM others
    UNION ALL SELECT rowid FROM titles UNION ALL SELECT rowid FROM phrases
  )
)
SELECT {columns} FROM best CROSS JOIN search_entry ON id = entry_id
ORDER BY score * weight DESC, id DESC LIMIT %(max_results)s
"""

# A GIN index gives matches in no order. So that not all of a frequent word's must be sorted, they are looked
# for in the blocks of keys up to a kind's newest entry first; where these have too few, there are not so
# many in all. The planner takes reading vectors for cheap, and would rather read the table: so it is told
# neither the query (SELECT …) nor that keys are sorted (+ 0), and may join nothing to the whole (OFFSET 0).
# The index knows no places of words: for a phrase, it gives what has its words, and vectors must be read.
ON_POSTGRESQL = """
WITH new_pages AS MATERIALIZED (
  SELECT id FROM (
    SELECT id, index FROM search_entry WHERE index @@ (SELECT %(words)s::tsquery && {new_pages})
    ORDER BY id + 0 DESC LIMIT %(new)s
  ) AS entry WHERE %(words)s = %(query)s OR index @@ %(query)s::tsquery LIMIT %(ranked)s
), new_comments AS MATERIALIZED (
  SELECT id FROM (
    SELECT id, index FROM search_entry WHERE index @@ (SELECT %(words)s::tsquery && {new_comments})
    ORDER BY id + 0 DESC LIMIT %(new)s
  ) AS entry WHERE %(words)s = %(query)s OR index @@ %(query)s::tsquery LIMIT %(ranked)s
), matching AS MATERIALIZED (
  SELECT id FROM new_pages
  UNION
  SELECT id FROM new_comments
  UNION
  (SELECT id FROM (
     SELECT id, index FROM search_entry
     WHERE (SELECT count(*) FROM new_pages) < %(enough)s AND index @@ (SELECT %(pages)s::tsquery)
     ORDER BY id + 0 DESC LIMIT %(all)s
   ) AS entry WHERE %(words)s = %(query)s OR index @@ %(query)s::tsquery LIMIT %(ranked)s)
  UNION
  (SELECT id FROM (
     SELECT id, index FROM search_entry
     WHERE (SELECT count(*) FROM new_comments) < %(enough)s AND index @@ (SELECT %(comments)s::tsquery)
     ORDER BY id + 0 DESC LIMIT %(all)s
   ) AS entry WHERE %(words)s = %(query)s OR index @@ %(query)s::tsquery LIMIT %(ranked)s)
  UNION
  (SELECT id FROM search_entry WHERE index @@ (SELECT %(others)s::tsquery)
   ORDER BY id + 0 DESC LIMIT %(ranked)s)
  UNION
  (SELECT id FROM search_entry WHERE title_index @@ (SELECT %(query)s::tsquery)
   ORDER BY id + 0 DESC LIMIT %(max_results)s)
), best AS (
  SELECT entry.*, ts_rank('{{.6, .2, .7, 1}}', index, %(query)s::tsquery, 1)
         * CASE WHEN index @@ %(phrase)s::tsquery THEN 8
                WHEN index @@ %(near)s::tsquery THEN 2
                ELSE 1
           END AS score
  FROM matching CROSS JOIN LATERAL (SELECT * FROM search_entry WHERE id = matching.id OFFSET 0) AS entry
)
SELECT {columns} FROM best
ORDER BY score * weight DESC, id DESC LIMIT %(max_results)s
"""
# A kind's blocks of 8,192 keys, as the migration numbers them, from that of its 8,000th newest entry on, but
# no more than 200; a kind that has fewer entries is soon sorted. The order by kind, of which there is one,
# keeps the planner from going through all kinds by their keys.
NEWEST_BLOCKS = """(
  SELECT string_agg(format('''0{kind}%%s''', block), ' | ')::tsquery FROM (
    SELECT generate_series(greatest(coalesce(start, last) / 8192, last / 8192 - 200), last / 8192) AS block
    FROM (
      SELECT (SELECT id FROM search_entry WHERE kind BETWEEN '{kind}' AND '{kind}'
              ORDER BY kind DESC, id DESC OFFSET 8000 LIMIT 1) AS start,
             (SELECT max(id) FROM search_entry WHERE kind = '{kind}') AS last
    ) AS newest
  ) AS blocks
)"""
NEW_PAGES = NEWEST_BLOCKS.format(kind=Entry.Kind.PDF_PAGE.value)
EXISTING_ON_POSTGRESQL = """
WITH new_pages AS MATERIALIZED (
  SELECT id FROM search_entry WHERE index @@ (SELECT %(query)s::tsquery && {new_pages})
  ORDER BY id + 0 LIMIT 1
)
SELECT id FROM new_pages
UNION ALL
(SELECT id FROM search_entry
 WHERE NOT EXISTS (SELECT FROM new_pages) AND index @@ (SELECT %(query)s::tsquery) ORDER BY id + 0 LIMIT 1)
"""

NEWEST = """
SELECT {columns} FROM (SELECT *, 0.0 AS score FROM search_entry) AS entry
WHERE kind IN ({kinds}) ORDER BY {order} LIMIT %s
"""


class Match(NamedTuple):
    """An entry with what is counted of it: lists as JSON, the date as ISO 8601, of UTC where it says none."""

    entry_id: int
    score: float
    kind: str
    page_id: int
    person: str
    title: str
    title_stems: str
    topics: str
    authors: str
    audiences: str
    series: str
    date: str | None


def ranked(terms: list[Term], *, any_term: bool = False) -> list[Match]:
    """Return the entries that have all of the terms, or any, best first.

    Better are those where the words follow one another, or are near. The entries
    may belong to pages that are not public, and an exact term is found by its stems.
    """
    return fetch(*statement(terms, any_term=any_term)) if terms else []


def statement(terms: list[Term], *, any_term: bool = False) -> tuple[str, dict[str, Any]]:
    """Return the SQL for ``ranked``, and its parameters."""
    dialect = current_dialect()
    together = adjoining(terms)
    joint = dialect.either if any_term else dialect.both
    query = joint.join(dialect.term(term) for term in terms)
    words = joint.join(dialect.words(term) for term in terms)
    has_phrase = words != query
    near = dialect.near(together.forms[0]) if together else dialect.nothing
    params: dict[str, Any] = {
        "query": query,
        "titles": f"{{title_stems name_stems}} : ({query})",
        "phrase": dialect.term(together) if together else dialect.nothing,
        "near": near,
        "max_results": MAX_RESULTS,
        "ranked": MAX_RANKED,
        "words": words,
        "new": MAX_READ if has_phrase else MAX_RANKED,
        "all": MAX_READ_AGAIN if has_phrase else MAX_RANKED,
        "enough": ENOUGH if has_phrase else MAX_RANKED,
    }
    for group, kinds in GROUPS.items():
        # The index has the kind as a word that no text has.
        names = dialect.either.join(dialect.word(f"0{kind.value}") for kind in kinds)
        params[group] = f"({query if group == 'others' else words}){dialect.both}({names})"
        params[f"near_{group}"] = f"({near}){dialect.both}({names})"
    return dialect.statement, params


def newest(kinds: list[str]) -> list[Match]:
    """Return the newest entries of the kinds, people by name; all have the score 0."""
    # Of the entry: PostgreSQL would sort by the date as text, and use no index.
    by_name, by_date = "entry.title, entry.id", "entry.date DESC, entry.number, entry.id"
    order = by_name if kinds == [Entry.Kind.PERSON] else by_date
    placeholders = ", ".join("%s" for _ in kinds)
    return fetch(NEWEST.format(columns=COLUMNS, kinds=placeholders, order=order), [*kinds, MAX_RESULTS])


def fetch(sql: str, params: Any) -> list[Match]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [Match(*row) for row in cursor.fetchall()]


def exists(term: Term) -> bool:
    """Say whether any entry has the term."""
    dialect = current_dialect()
    with connection.cursor() as cursor:
        cursor.execute(dialect.existing, {"query": dialect.term(term)})
        return cursor.fetchone() is not None


class Sqlite:
    """FTS5's query language. Stems are letters and digits, so that quotation marks make them safe."""

    statement = ON_SQLITE.format(columns=COLUMNS)
    both, either, nothing = " AND ", " OR ", '""'
    existing = "SELECT 1 FROM search_index WHERE search_index MATCH %(query)s LIMIT 1"

    def word(self, word: str) -> str:
        return f'"{word}"'

    def term(self, term: Term) -> str:
        return "(" + " OR ".join(f'"{" ".join(form)}"' for form in term.forms) + ")"

    def words(self, term: Term) -> str:
        return self.term(term)  # FTS5 knows the places of words

    def near(self, stems: Sequence) -> str:
        words = " ".join(f'"{stem}"' for stem in stems)
        return f"NEAR({words}, {NEAR})"


class Postgresql:
    """The language of tsquery, quoted likewise."""

    statement = ON_POSTGRESQL.format(
        columns=COLUMNS,
        new_pages=NEW_PAGES,
        new_comments=NEWEST_BLOCKS.format(kind=Entry.Kind.COMMENT.value),
    )
    both, either, nothing = " & ", " | ", ""
    existing = EXISTING_ON_POSTGRESQL.format(new_pages=NEW_PAGES)

    def word(self, word: str) -> str:
        return f"'{word}'"

    def term(self, term: Term) -> str:
        return "(" + " | ".join(" <-> ".join(f"'{stem}'" for stem in form) for form in term.forms) + ")"

    def words(self, term: Term) -> str:
        """Return what an entry with the term has at least: its words, wherever they stand."""
        return self.term(term).replace("<->", "&")

    def near(self, stems: Sequence) -> str:
        pairs = list(pairwise(stems))[:MAX_PAIRS]
        return " & ".join(
            "(" + " | ".join(f"'{a}' <{n}> '{b}' | '{b}' <{n}> '{a}'" for n in range(1, NEAR + 1)) + ")"
            for a, b in pairs
        )


def current_dialect() -> Sqlite | Postgresql:
    return Postgresql() if connection.vendor == "postgresql" else Sqlite()
