"""On SQLite, let the full-text index stem English words, as PostgreSQL does."""

from __future__ import annotations

from django.db import migrations

TABLE = "wagtailsearch_indexentry"
COLUMNS = "autocomplete, body, title"


def remake(editor, *, tokenizer: str) -> None:
    if editor.connection.vendor != "sqlite":
        return
    editor.execute(f"DROP TABLE {TABLE}_fts")
    editor.execute(f"CREATE VIRTUAL TABLE {TABLE}_fts USING fts5({COLUMNS}{tokenizer})")
    # Copied by hand: the table's own 'rebuild' would leave it empty, its rows come by triggers.
    editor.execute(f"INSERT INTO {TABLE}_fts(rowid, {COLUMNS}) SELECT id, {COLUMNS} FROM {TABLE}")


def stem(apps, editor) -> None:
    remake(editor, tokenizer=", tokenize='porter unicode61 remove_diacritics 2'")


def stop_stemming(apps, editor) -> None:
    remake(editor, tokenizer="")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_first"), ("wagtailsearch", "0010_add_text_fields")]

    operations = [migrations.RunPython(stem, stop_stemming)]
