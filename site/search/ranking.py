"""Which entries answer a question, best first: one statement to the index, in each database's own words.

The library's own ranking asks SQLite's index anew for every entry that answers,
and has PostgreSQL rank every one of them: seconds, for words that are everywhere.
"""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from search.models import Entry

MOST = 2_000  # ranked entries looked at; beyond, a question is too broad to page through
LOOKED_THROUGH = 3_000  # of the entries that answer a broad question on PostgreSQL, the last written

# The columns are autocomplete, body and title; a word in a title weighs as much as four in the text.
ON_SQLITE = """
SELECT object_id
FROM wagtailsearch_indexentry_fts AS words
JOIN wagtailsearch_indexentry AS indexed ON indexed.id = words.rowid
WHERE wagtailsearch_indexentry_fts MATCH %(asked)s AND content_type_id = %(kind)s
ORDER BY bm25(wagtailsearch_indexentry_fts, 0, 1, 4), indexed.id DESC
LIMIT %(most)s
"""

# Titles are looked through apart: they are few, and an old one must not be lost behind young pages.
# The question stands in every place anew, so that the planner can tell a rare word from a frequent one.
ON_POSTGRESQL = """
WITH answering AS (
  (SELECT id FROM wagtailsearch_indexentry
   WHERE content_type_id = %(kind)s AND title @@ websearch_to_tsquery('english', %(asked)s)
   ORDER BY id DESC LIMIT %(most)s)
  UNION
  (SELECT id FROM wagtailsearch_indexentry
   WHERE content_type_id = %(kind)s AND (title || body) @@ websearch_to_tsquery('english', %(asked)s)
   ORDER BY id DESC LIMIT %(through)s)
)
SELECT object_id
FROM wagtailsearch_indexentry JOIN answering USING (id)
ORDER BY ts_rank(title, websearch_to_tsquery('english', %(asked)s))
       + ts_rank(body, websearch_to_tsquery('english', %(asked)s)) DESC, id DESC
LIMIT %(most)s
"""


def ranked(words: list[str], phrases: list[str]) -> list[int]:
    """Return the keys of the entries that have all of the words and phrases, best first.

    Give both as ``publishing.text_search.question`` does: letters and digits, nothing
    that means something to an index. Strangers may not be meant to read all of
    them.
    """
    quoted = [f'"{one}"' for one in [*words, *phrases]]
    is_postgresql = connection.vendor == "postgresql"
    asked = " ".join(quoted) if is_postgresql else f"{{title body}} : ({' AND '.join(quoted)})"
    kind = ContentType.objects.get_for_model(Entry).pk
    known = {"asked": asked, "kind": kind, "most": MOST, "through": LOOKED_THROUGH}
    with connection.cursor() as cursor:
        cursor.execute(ON_POSTGRESQL if is_postgresql else ON_SQLITE, known)
        return [int(key) for (key,) in cursor.fetchall()]
