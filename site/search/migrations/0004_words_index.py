"""On PostgreSQL, let an index answer what is asked of title and text together."""

from __future__ import annotations

from django.db import migrations

NAME, TABLE = "entries_by_words", "wagtailsearch_indexentry"


def index(apps, editor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(f"CREATE INDEX {NAME} ON {TABLE} USING gin ((title || body))")


def drop(apps, editor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP INDEX {NAME}")


class Migration(migrations.Migration):
    dependencies = [("search", "0003_audiences")]

    operations = [migrations.RunPython(index, drop)]
