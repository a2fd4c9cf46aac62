"""Whether the site can answer requests, and what is wrong if not."""

from __future__ import annotations

import functools
import secrets

from django.core.cache import cache
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from home import heartbeats

Findings = dict[str, object]


def check() -> tuple[bool, Findings]:
    """Return whether requests can be answered, and the findings.

    Worker and scheduler are reported, but don't count: without them e-mails
    and files wait, but every page is still served.
    """
    database, missing = _database()
    has_cache = _cache()
    findings: Findings = {
        "database": "up" if database else "down",
        "migrations": "unknown" if missing is None else f"{missing} missing" if missing else "applied",
        "cache": "up" if has_cache else "down",
        "seconds_since_heartbeat": _heartbeats() if has_cache else {},
    }
    return database and not missing and has_cache, findings


def _database() -> tuple[bool, int | None]:
    """Return whether the database answers, and how many migrations are not applied."""
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
    except Error:
        return False, None
    return True, len(_known_migrations() - applied)


@functools.cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    """Return the migrations of the code; reading them takes a second, so once for a process."""
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    return frozenset(loader.disk_migrations)


def _cache() -> bool:
    value = secrets.token_hex(8)
    try:
        cache.set("health", value, timeout=60)
        # Another process may have written in between; that is fine, too.
        return cache.get("health") is not None
    except Exception:  # every cache backend raises its own errors
        return False


def _heartbeats() -> dict[str, int | None]:
    names = (heartbeats.WORKER, heartbeats.SCHEDULER)
    return {name: heartbeats.seconds_since(name) for name in names}
