"""What SQL statements read and write: noted for pages that are rendered, bumped for what is changed.

Every statement goes through here, whichever way it was made, so that no page
can show a table whose changes it would not notice. What is changed in the
database by other programs is noticed by nobody (``clear_page_cache``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from pagecache import versions
from pagecache.dependencies import current_dependencies, is_covered

READ = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)"?', re.IGNORECASE)
WRITTEN = re.compile(
    r"\b(INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|(?<!KEY )(?<!FOR )(?<!DO )UPDATE|DELETE\s+FROM"
    r'|TRUNCATE(?:\s+TABLE)?)\s+"?(?!SET\b|OF\b)(\w+)"?',
    re.IGNORECASE,
)
# Whatever may be a column that is set; also something else that is compared, which does no harm.
SET_COLUMN = re.compile(r'(?:\bSET\b|,)\s*"?(\w+)"?\s*=', re.IGNORECASE)
MAX_PARSED = 20_000  # characters; longer ones hold rows, and come once
BEGINNING = 2_000  # characters of a statement; those that write name their table at once


@dataclass(frozen=True)
class Rules:
    """What is said of single tables, by their names; of all others, everything counts."""

    aliases: Mapping[str, str]  # tables that change together, by the name they have in common
    untracked: frozenset[str]  # no public page shows them; a page that reads one is not kept
    unshown_columns: Mapping[str, frozenset[str]]  # an update of nothing else changes no page
    unseen_inserts: frozenset[str]  # a new row changes no page: pages come to it by a key
    families: Mapping[str, str]  # see ``versions``

    def name(self, table: str) -> str:
        return self.aliases.get(table, table)


@dataclass(frozen=True)
class Statement:
    reads: frozenset[str]
    writes: tuple[str, ...]  # names to bump


@lru_cache(maxsize=1)
def rules() -> Rules:
    return Rules(**settings.PAGE_CACHE_TABLES)


def install(sender: object = None, *, connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """Follow every statement of a connection; for ``connection_created``."""
    if connection.alias == "default" and follow not in connection.execute_wrappers:
        connection.execute_wrappers.append(follow)


def uninstall(**kwargs: object) -> None:
    """Stop following, while there may be no table for changes: during migrations."""
    wrappers = connections["default"].execute_wrappers
    if follow in wrappers:
        wrappers.remove(follow)


def follow(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Run a statement, and note or bump what it touches."""
    dependencies = current_dependencies()
    text = str(sql)
    statement = parsed(text) if len(text) < MAX_PARSED else parse(text)
    if dependencies is not None:
        for name in statement.reads:
            if name in rules().untracked:
                dependencies.untracked.add(name)
            elif not is_covered(name):
                dependencies.add(name)
    if not statement.writes:
        return execute(sql, params, many, context)
    connection = context["connection"]
    if connection.in_atomic_block:
        versions.bump(*statement.writes)
        return execute(sql, params, many, context)
    # A statement of its own commits as it ends, so what is written down comes first and is published after.
    publication = versions.record(*statement.writes)
    try:
        return execute(sql, params, many, context)
    finally:
        publication.publish_or_log()


@lru_cache(maxsize=4096)
def parsed(sql: str) -> Statement:
    return parse(sql)


def parse(sql: str) -> Statement:
    known = rules()
    written = {
        name for verb, table in WRITTEN.findall(sql[:BEGINNING]) if (name := _bumped(verb, table, sql, known))
    }
    return Statement(frozenset(map(known.name, READ.findall(sql))), tuple(sorted(written)))


def _bumped(verb: str, table: str, sql: str, known: Rules) -> str:
    """Return the name that a statement bumps; empty where no page would change."""
    name = known.name(table)
    verb = verb.split()[0].upper()
    if name in known.untracked or table == "pagecache_change":
        return ""
    if verb == "INSERT" and table in known.unseen_inserts:
        return ""
    if verb == "UPDATE" and table in known.unshown_columns:
        changed = set(SET_COLUMN.findall(sql))
        if changed and changed <= known.unshown_columns[table]:
            return ""
    return name
