"""A site whose processes are killed; run as a program, it prints facts for test_changes.py."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import django
from django.db import connection, connections, transaction


class Site:
    """Asks for one page, and changes it in processes of their own."""

    def __init__(self, folder: Path) -> None:
        from tests.support.page_cache import make_cache

        self.folder = folder
        self.cache = make_cache(folder / "process", hosts={"127.0.0.1:8000"})

    def shown(self) -> str:
        from tests.support.page_cache import ask

        body = ask(self.cache, "/about/", host="127.0.0.1:8000").body.decode()
        return body.partition("<title>")[2].partition(" ")[0]

    def shown_and_rendered(self) -> tuple[str, int]:
        rendered = self.cache.counters.read("misses")
        return self.shown(), self.cache.counters.read("misses") - rendered

    def processes(self) -> Iterator[tuple[str, object]]:
        """Yield facts about commits, a rollback and a commit whose process is killed at once."""
        changes.sweep()
        retitle("First")
        yield "first", (self.shown(), self.shown())
        in_another_process(lambda: retitle("Second"))
        yield "after another process' commit", self.shown()
        in_another_process(roll_back)
        yield "after a rollback", self.shown_and_rendered()
        yield "killed by", in_another_process(commit_and_be_killed)
        yield "before the sweep", self.shown()
        yield "lost", changes.sweep()
        yield "after the sweep", self.shown()
        yield "lost then", changes.sweep()
        yield "unchanged", self.shown_and_rendered()

    def backup(self) -> Iterator[tuple[str, object]]:
        """Yield facts about a backup that is restored while the site runs."""
        database = connection.settings_dict["NAME"]
        copy(database, self.folder / "backup")
        retitle("Newest")
        changes.sweep()
        yield "before the restore", self.shown()
        connection.close()
        copy(self.folder / "backup", database)
        changes.sweep()
        yield "after the restore", self.shown()


def in_another_process(work: Callable[[], object]) -> int:
    connections.close_all()
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    return os.waitpid(child, 0)[1]


def retitle(title: str) -> None:
    from wagtail.models import Page

    Page.objects.filter(slug="about").update(title=title, seo_title=title)


def commit_and_be_killed() -> None:
    with transaction.atomic():
        transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
        retitle("Killed")


def roll_back() -> None:
    with transaction.atomic():
        retitle("Rolled-back")
        transaction.set_rollback(True)


def copy(source: Path | str, target: Path | str) -> None:
    """Copy a SQLite database as ``manage.py backup`` and an operator's script do, while the site runs."""
    with sqlite3.connect(source) as read, sqlite3.connect(target) as written:
        read.backup(written)
    read.close()
    written.close()


if __name__ == "__main__":
    django.setup()
    from pagecache import changes

    site = Site(Path(sys.argv[1]))
    facts = dict(site.processes())
    if connection.vendor == "sqlite":
        facts |= dict(site.backup())
    print("FACTS" + json.dumps(facts))
