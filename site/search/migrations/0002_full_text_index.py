"""A full-text index over the stems of entries, kept up to date by the database itself.

And, on SQLite, one for the searches of the admin that stems English words as PostgreSQL's does.
"""

from __future__ import annotations

from django.db import migrations

def admin_index(tokenizer: str) -> list[str]:
    table, columns = "wagtailsearch_indexentry", "autocomplete, body, title"
    return [
        f"DROP TABLE {table}_fts",
        f"CREATE VIRTUAL TABLE {table}_fts USING fts5({columns}{tokenizer})",
        # Copied by hand: the table's own 'rebuild' would leave it empty, its rows come by triggers.
        f"INSERT INTO {table}_fts(rowid, {columns}) SELECT id, {columns} FROM {table}",
    ]


STEMS = "title_stems, name_stems, text_stems, other_stems"
COLUMNS = f"{STEMS}, kind"


def values(row: str) -> str:
    """Return what the index is given of a row: beside the stems the kind, as a word that no text has."""
    return ", ".join(f"{row}.{name}" for name in STEMS.split(", ")) + f", '0' || {row}.kind"


# Stems come ready-made: no porter, no diacritics removed. Without M*, Indian vowels would end a word.
ON_SQLITE = [
    f"""CREATE VIRTUAL TABLE search_index USING fts5({COLUMNS}, content='',
        tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M*'")""",
    f"""CREATE TRIGGER search_index_insert AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_index(rowid, {COLUMNS}) VALUES (new.id, {values("new")}); END""",
    f"""CREATE TRIGGER search_index_delete AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_index(search_index, rowid, {COLUMNS}) VALUES ('delete', old.id, {values("old")}); END""",
    f"""CREATE TRIGGER search_index_update AFTER UPDATE OF {COLUMNS} ON search_entry BEGIN
        INSERT INTO search_index(search_index, rowid, {COLUMNS}) VALUES ('delete', old.id, {values("old")});
        INSERT INTO search_index(rowid, {COLUMNS}) VALUES (new.id, {values("new")}); END""",
    f"INSERT INTO search_index(rowid, {COLUMNS}) SELECT id, {values('search_entry')} FROM search_entry",
    *admin_index(", tokenize='porter unicode61 remove_diacritics 2'"),
]

# A word of its own between two columns, so that no phrase reaches from one into the next.
VECTOR = " || ".join(
    f"setweight(to_tsvector('simple', {column} || ' 0between0'), '{weight}')"
    for column, weight in zip(STEMS.split(", "), "ABCD", strict=True)
)
# The kind as a word, and as one with the block of keys that the entry is in.
KIND = "setweight(to_tsvector('simple', '0' || kind || ' 0' || kind || id / 8192), 'D')"
ON_POSTGRESQL = [
    # A search that has many matches reads many rows, but of few their texts: those are kept out of the rows,
    # and the vectors as they are, since to unpack one costs more than to read it.
    "ALTER TABLE search_entry SET (toast_tuple_target = 128)",
    f"ALTER TABLE search_entry ADD COLUMN index tsvector GENERATED ALWAYS AS ({VECTOR} || {KIND}) STORED",
    "ALTER TABLE search_entry ALTER COLUMN index SET STORAGE EXTERNAL",
    """ALTER TABLE search_entry ADD COLUMN title_index tsvector
       GENERATED ALWAYS AS (to_tsvector('simple', title_stems || ' 0between0 ' || name_stems)) STORED""",
    # Otherwise a search reads the list of what was written last from end to end.
    "CREATE INDEX search_entry_index ON search_entry USING gin (index) WITH (fastupdate = off)",
    "CREATE INDEX search_entry_title_index ON search_entry USING gin (title_index) WITH (fastupdate = off)",
    "CREATE INDEX search_entry_kind ON search_entry (kind, id)",
]

UNDO = {
    "sqlite": [
        "DROP TRIGGER search_index_insert", "DROP TRIGGER search_index_delete",
        "DROP TRIGGER search_index_update", "DROP TABLE search_index",
        *admin_index(""),
    ],
    "postgresql": [
        "DROP INDEX search_entry_kind",
        "ALTER TABLE search_entry DROP COLUMN index, DROP COLUMN title_index",
        "ALTER TABLE search_entry RESET (toast_tuple_target)",
    ],
}  # fmt: skip


def forwards(apps, editor) -> None:
    for statement in {"sqlite": ON_SQLITE, "postgresql": ON_POSTGRESQL}[editor.connection.vendor]:
        editor.execute(statement)


def backwards(apps, editor) -> None:
    for statement in UNDO[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial"), ("wagtailsearch", "0010_add_text_fields")]
    operations = [migrations.RunPython(forwards, backwards)]
