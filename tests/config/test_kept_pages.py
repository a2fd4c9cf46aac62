"""Every public page of a rich site is kept, under all that it shows and until time changes it."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from types import FrameType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import time_machine
from django.db import connection, transaction
from django.test import TestCase
from django.utils import timezone
from wagtail.models import Site

from config import page_cache
from config.page_cache import QUERY_NAMES, UNTRACKED
from discussion.models import DiscussionSettings
from pagecache import dependencies, fragments, kept_values
from pagecache.dependencies import current_dependencies
from pagecache.sql import parse, rules
from tests.config.test_page_cache import model_tables
from tests.pagecache.test_never_stale import PAGES
from tests.support.page_cache import HOST, NoStore, ask, make_cache
from tests.support.page_versions import publish_bumps
from tests.support.paths import ROOT
from tests.support.rich_site import NOW, make_rich_site

# OAI-PMH says in each answer when it was given, and asks not to be stored.
KEPT = [page for page in PAGES if not page.startswith("/oai/")]


@dataclass
class Rendering:
    """What was seen while every page of the rich site was rendered to be kept."""

    bodies: dict[str, str] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    names: dict[str, set[str]] = field(default_factory=dict)  # by page: what its entry depends on
    statements: dict[str, Any] = field(default_factory=dict)
    asking: set[str] = field(default_factory=set)  # modules that ask for the time
    saying: set[str] = field(default_factory=set)  # modules that say until when


def module_of(frame: FrameType | None) -> str:
    """Return the module of a room that the call comes from; of no room, its name."""
    while frame is not None:
        name = frame.f_code.co_filename
        for folder in (ROOT / "site", ROOT):
            if name.startswith(f"{folder}/") and not name.startswith((f"{ROOT}/tests", f"{ROOT}/.venv")):
                module = name.removeprefix(f"{folder}/")
                if module.startswith("pagecache/"):
                    break
                return module
        frame = frame.f_back
    return "unknown"


def watched(rendering: Rendering, patch: pytest.MonkeyPatch) -> None:
    """Note who asks for the time while a page is rendered, and who says until when it is right."""
    now = timezone.now

    def noted_now():
        if current_dependencies() is not None:
            rendering.asking.add(module_of(sys._getframe(1)))
        return now()

    patch.setattr(timezone, "now", noted_now)
    for name in ("expires_at", "expire_with"):
        function = getattr(dependencies, name)

        def noted_saying(*args, function=function):
            rendering.saying.add(module_of(sys._getframe(1)))
            return function(*args)

        for module in list(sys.modules.values()):
            if getattr(module, name, None) is function and module is not dependencies:
                patch.setattr(module, name, noted_saying)


@pytest.fixture(scope="module")
def rendering(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[Rendering]:
    """Render every page once, each as the first one of a process; the rich site stays until the last test."""
    seen = Rendering()

    def note(execute, sql, params, many, context):
        if current_dependencies() is not None and not many:
            seen.statements.setdefault(str(sql), params or ())
        return execute(sql, params, many, context)

    with (
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        time_machine.travel(NOW, tick=False),
        transaction.atomic(),
    ):
        with TestCase.captureOnCommitCallbacks(execute=True):
            make_rich_site()
            rules_of_discussions = DiscussionSettings.for_site(Site.objects.get())
            rules_of_discussions.close_after_days = 90
            rules_of_discussions.save()
        publish_bumps()
        cache = make_cache(tmp_path_factory.mktemp("process"), store=NoStore())
        watched(seen, patch)
        with connection.execute_wrapper(note):
            for page in KEPT:
                kept_values.clear()
                fragments.clear()
                seen.bodies[page] = ask(cache, page).body.decode("utf-8", "replace")
                path, _, query = page.partition("?")
                entry = cache.cache.get((path, query))
                if entry is not None:
                    seen.kept.add(page)
                    seen.names[page] = set(dict(entry.headers)["Surrogate-Key"].split())
        patch.undo()
        yield seen
        transaction.set_rollback(True)


# --- Pages -------------------------------------------------------------------------------------------------


def test_every_public_page_is_kept(rendering):
    assert set(KEPT) - rendering.kept == set()


def test_each_page_shows_something(rendering):
    assert all(len(body) > 20 for body in rendering.bodies.values())


# --- Tables ------------------------------------------------------------------------------------------------


def test_no_page_shows_a_table_without_depending_on_it(rendering):
    """SQLite itself says which tables a statement reads; the page cache reads its text."""
    if connection.vendor != "sqlite":
        pytest.skip("asks SQLite")
    known, virtual = rules(), re.compile(r"_fts(_\w+)?$|^sqlite_")
    connection.ensure_connection()
    missed = {}
    for statement, params in rendering.statements.items():
        read: set[str] = set()

        def authorize(action, first, second, database, trigger, read=read):
            if action == sqlite3.SQLITE_READ and first:
                read.add(first)
            return sqlite3.SQLITE_OK

        if statement.startswith(("SELECT", "WITH", "select")):
            connection.connection.set_authorizer(authorize)
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN {statement}", params)
            connection.connection.set_authorizer(None)
            assert read, statement
            tables = {known.name(table) for table in read if not virtual.search(table)}
            if not tables <= parse(statement).reads:
                missed[statement] = tables - parse(statement).reads

    assert len(rendering.statements) > 50
    assert not missed


def test_a_change_of_any_row_that_a_page_has_read_moves_its_versions(rendering):
    read = {name for statement in rendering.statements for name in parse(statement).reads}
    tables = {table: rules().name(table) for table in model_tables()}
    shown = {table for table, name in tables.items() if name in read and name not in UNTRACKED}

    assert {"wagtailcore_page", "blog_post", "publishing_topic", "discussion_comment"} <= shown
    for page, names in rendering.names.items():
        assert {"wagtailcore_site", "wagtailcore_locale"} <= names, page
    all_names = set().union(*rendering.names.values())
    assert {tables[table] for table in shown} <= all_names | {"comments"}


# --- Queries -----------------------------------------------------------------------------------------------


def linked_queries(body: str) -> Iterator[tuple[str, set[str]]]:
    """Yield the paths that a page links to with a query, and the names in it; forms count as links."""
    for href in re.findall(r'(?:href|src)="([^"]*\?[^"]*)"', body):
        address = urlsplit(unescape(href))
        if address.netloc in ("", HOST, "127.0.0.1:8000"):
            yield address.path, {name for name, _ in parse_qsl(address.query, keep_blank_values=True)}
    for form in re.findall(r"<form\b.*?</form>", body, re.DOTALL):
        start = form[: form.index(">")]
        if 'method="post"' not in start.lower():
            action = re.search(r'action="([^"]*)"', start)
            names = re.findall(r'<(?:input|select|textarea|button)\b[^>]*\bname="([^"]*)"', form)
            yield unescape(action[1]) if action else "", set(names)


def test_every_link_from_a_public_page_to_another_has_a_query_that_is_declared(rendering):
    private = page_cache.policy().private_paths
    undeclared = {
        (page, path, name)
        for page, body in rendering.bodies.items()
        for path, names in linked_queries(body)
        if not path.startswith((*private, "/discussion/sign-in"))
        for name in names - QUERY_NAMES
    }
    found = {
        name for body in rendering.bodies.values() for _, names in linked_queries(body) for name in names
    }

    assert {"page", "topic", "q", "order"} <= found
    assert not undeclared


# --- Time --------------------------------------------------------------------------------------------------


def test_who_asks_what_time_it_is_says_until_when_the_page_is_right(rendering):
    assert {
        "accounts/affiliation/badges.py", "discussion/threads/activity.py", "home/views.py",
        "discussion/threads/commentable.py", "papers/downloads/models.py", "papers/editions/models.py",
    } <= rendering.asking  # fmt: skip
    assert rendering.asking - rendering.saying == set()
