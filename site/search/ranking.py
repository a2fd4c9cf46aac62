"""Which entries match a query, best first: one statement for each database.

The library's own ranking queries SQLite's index again for every match, and has
PostgreSQL rank every match: that takes seconds for words that are everywhere.
"""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from search.models import Entry

MAX_RESULTS = 2_000  # a query with more is too broad to page through
MAX_RANKED = 3_000  # of a broad query's matches on PostgreSQL, the ones written last

# The columns are autocomplete, body and title; a word in a title weighs as much as four in the text.
ON_SQLITE = """
SELECT object_id
FROM wagtailsearch_indexentry_fts AS words
JOIN wagtailsearch_indexentry AS indexed ON indexed.id = words.rowid
WHERE wagtailsearch_indexentry_fts MATCH %(query)s AND content_type_id = %(content_type)s
ORDER BY bm25(wagtailsearch_indexentry_fts, 0, 1, 4), indexed.id DESC
LIMIT %(max_results)s
"""

# Titles are searched separately: they are few, and an old one must not be lost behind new pages.
# The query is repeated in every place, so that the planner can tell a rare word from a frequent one.
ON_POSTGRESQL = """
WITH matching AS (
  (SELECT id FROM wagtailsearch_indexentry
   WHERE content_type_id = %(content_type)s AND title @@ websearch_to_tsquery('english', %(query)s)
   ORDER BY id DESC LIMIT %(max_results)s)
  UNION
  (SELECT id FROM wagtailsearch_indexentry
   WHERE content_type_id = %(content_type)s AND (title || body) @@ websearch_to_tsquery('english', %(query)s)
   ORDER BY id DESC LIMIT %(max_ranked)s)
)
SELECT object_id
FROM wagtailsearch_indexentry JOIN matching USING (id)
ORDER BY ts_rank(title, websearch_to_tsquery('english', %(query)s))
       + ts_rank(body, websearch_to_tsquery('english', %(query)s)) DESC, id DESC
LIMIT %(max_results)s
"""


def ranked_keys(words: list[str], phrases: list[str]) -> list[int]:
    """Return the keys of the entries that have all of the words and phrases, best first.

    Give both as ``publishing.text_search.parse_query`` returns them: letters and
    digits, nothing with a meaning to an index. The entries may belong to pages
    that are not public.
    """
    quoted = [f'"{term}"' for term in [*words, *phrases]]
    is_postgresql = connection.vendor == "postgresql"
    query = " ".join(quoted) if is_postgresql else f"{{title body}} : ({' AND '.join(quoted)})"
    params: dict[str, str | int] = {
        "query": query,
        "content_type": ContentType.objects.get_for_model(Entry).pk,
        "max_results": MAX_RESULTS,
        "max_ranked": MAX_RANKED,
    }
    with connection.cursor() as cursor:
        cursor.execute(ON_POSTGRESQL if is_postgresql else ON_SQLITE, params)
        return [int(key) for (key,) in cursor.fetchall()]
