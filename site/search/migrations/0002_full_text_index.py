"""Stem English words on SQLite as PostgreSQL does; index title and text together on PostgreSQL."""

from __future__ import annotations

from django.db import migrations

TABLE = "wagtailsearch_indexentry"
COLUMNS = "autocomplete, body, title"
PORTER = ", tokenize='porter unicode61 remove_diacritics 2'"
INDEX = "entries_by_words"


def recreate_sqlite_index(editor, *, tokenizer: str) -> None:
    editor.execute(f"DROP TABLE {TABLE}_fts")
    editor.execute(f"CREATE VIRTUAL TABLE {TABLE}_fts USING fts5({COLUMNS}{tokenizer})")
    # Copied by hand: the table's own 'rebuild' would leave it empty, its rows come by triggers.
    editor.execute(f"INSERT INTO {TABLE}_fts(rowid, {COLUMNS}) SELECT id, {COLUMNS} FROM {TABLE}")


def forwards(apps, editor) -> None:
    if editor.connection.vendor == "sqlite":
        recreate_sqlite_index(editor, tokenizer=PORTER)
    elif editor.connection.vendor == "postgresql":
        editor.execute(f"CREATE INDEX {INDEX} ON {TABLE} USING gin ((title || body))")


def backwards(apps, editor) -> None:
    if editor.connection.vendor == "sqlite":
        recreate_sqlite_index(editor, tokenizer="")
    elif editor.connection.vendor == "postgresql":
        editor.execute(f"DROP INDEX {INDEX}")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial"), ("wagtailsearch", "0010_add_text_fields")]
    operations = [migrations.RunPython(forwards, backwards)]
