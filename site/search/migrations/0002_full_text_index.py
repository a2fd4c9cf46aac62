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


COLUMNS = "title_stems, name_stems, text_stems, other_stems"
OLD = ", ".join(f"old.{name}" for name in COLUMNS.split(", "))
NEW = OLD.replace("old.", "new.")

# Stems come ready-made: no porter, no diacritics removed. Without M*, Indian vowels would end a word.
ON_SQLITE = [
    f"""CREATE VIRTUAL TABLE search_index USING fts5({COLUMNS}, content='search_entry', content_rowid='id',
        tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M*'")""",
    f"""CREATE TRIGGER search_index_insert AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_index(rowid, {COLUMNS}) VALUES (new.id, {NEW}); END""",
    f"""CREATE TRIGGER search_index_delete AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_index(search_index, rowid, {COLUMNS}) VALUES ('delete', old.id, {OLD}); END""",
    f"""CREATE TRIGGER search_index_update AFTER UPDATE OF {COLUMNS} ON search_entry BEGIN
        INSERT INTO search_index(search_index, rowid, {COLUMNS}) VALUES ('delete', old.id, {OLD});
        INSERT INTO search_index(rowid, {COLUMNS}) VALUES (new.id, {NEW}); END""",
    "INSERT INTO search_index(search_index) VALUES ('rebuild')",
    *admin_index(", tokenize='porter unicode61 remove_diacritics 2'"),
]

# A word of its own between two columns, so that no phrase reaches from one into the next.
VECTOR = " || ".join(
    f"setweight(to_tsvector('simple', {column} || ' 0between0'), '{weight}')"
    for column, weight in zip(COLUMNS.split(", "), "ABCD", strict=True)
)
ON_POSTGRESQL = [
    f"ALTER TABLE search_entry ADD COLUMN index tsvector GENERATED ALWAYS AS ({VECTOR}) STORED",
    """ALTER TABLE search_entry ADD COLUMN title_index tsvector
       GENERATED ALWAYS AS (to_tsvector('simple', title_stems || ' 0between0 ' || name_stems)) STORED""",
    "CREATE INDEX search_entry_index ON search_entry USING gin (index)",
    "CREATE INDEX search_entry_title_index ON search_entry USING gin (title_index)",
]

UNDO = {
    "sqlite": [
        "DROP TRIGGER search_index_insert", "DROP TRIGGER search_index_delete",
        "DROP TRIGGER search_index_update", "DROP TABLE search_index",
        *admin_index(""),
    ],
    "postgresql": ["ALTER TABLE search_entry DROP COLUMN index, DROP COLUMN title_index"],
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
