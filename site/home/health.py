"""Whether the site can do its work, and what is missing if not."""

from __future__ import annotations

import secrets
from functools import cache as remembered

from django.core.cache import cache
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from home import heartbeats

Findings = dict[str, object]


def examine() -> tuple[bool, Findings]:
    """Return whether requests can be answered, and the findings.

    Worker and scheduler are told about, but don't count: without them letters
    and files wait, and every page is answered all the same.
    """
    database, missing = _database()
    kept = _cache()
    findings: Findings = {
        "database": "up" if database else "down",
        "migrations": "unknown" if missing is None else f"{missing} missing" if missing else "applied",
        "cache": "up" if kept else "down",
        "seconds_since_heartbeat": _heartbeats() if kept else {},
    }
    return database and not missing and kept, findings


def _database() -> tuple[bool, int | None]:
    """Return whether the database answers, and how many migrations it lacks."""
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
    except Error:
        return False, None
    return True, len(_known_migrations() - applied)


@remembered
def _known_migrations() -> frozenset[tuple[str, str]]:
    """Return the migrations of the code; reading them takes a second, and only a new process has others."""
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    return frozenset(loader.disk_migrations)


def _cache() -> bool:
    word = secrets.token_hex(8)
    try:
        cache.set("health", word, timeout=60)
        # Another process may have written since; that is a sign of health, too.
        return cache.get("health") is not None
    except Exception:  # every cache has errors of its own
        return False


def _heartbeats() -> dict[str, int | None]:
    names = (heartbeats.WORKER, heartbeats.SCHEDULER)
    return {name: heartbeats.seconds_since(name) for name in names}
