"""A site whose processes are killed; run as a program, it prints facts for test_changes.py."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def main(folder: Path) -> None:
    import django

    django.setup()
    from django.db import connection, connections, transaction
    from wagtail.models import Page

    from pagecache import changes
    from tests.support.page_cache import ask, make_cache

    cache = make_cache(folder / "process", hosts={"127.0.0.1:8000"})
    facts: dict[str, Any] = {}

    def shown() -> str:
        body = ask(cache, "/about/", host="127.0.0.1:8000").body.decode()
        return body.partition("<title>")[2].partition(" ")[0]

    def in_another_process(work: Callable[[], object]) -> int:
        connections.close_all()
        child = os.fork()
        if child == 0:
            work()
            os._exit(0)
        return os.waitpid(child, 0)[1]

    def retitle(title: str) -> Callable[[], object]:
        return lambda: Page.objects.filter(slug="about").update(title=title, seo_title=title)

    def commit_and_be_killed() -> None:
        with transaction.atomic():
            transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
            retitle("Killed")()

    def roll_back() -> None:
        with transaction.atomic():
            retitle("Rolled-back")()
            transaction.set_rollback(True)

    changes.sweep()
    retitle("First")()
    facts["first"] = shown(), shown()
    in_another_process(retitle("Second"))
    facts["after another process' commit"] = shown()
    in_another_process(roll_back)
    rendered = cache.counters.read("misses")
    facts["after a rollback"] = shown(), cache.counters.read("misses") - rendered
    facts["killed by"] = in_another_process(commit_and_be_killed)
    facts["before the sweep"] = shown()
    facts["lost"] = changes.sweep()
    facts["after the sweep"] = shown()
    facts["lost then"] = changes.sweep()
    rendered = cache.counters.read("misses")
    facts["unchanged"] = shown(), cache.counters.read("misses") - rendered
    if connection.vendor == "sqlite":
        database = connection.settings_dict["NAME"]
        copy(database, folder / "backup")
        retitle("Newest")()
        changes.sweep()
        facts["before the restore"] = shown()
        connection.close()
        copy(folder / "backup", database)
        changes.sweep()
        facts["after the restore"] = shown()
    print("FACTS" + json.dumps(facts))


def copy(source: Path | str, target: Path | str) -> None:
    """Copy a SQLite database as ``manage.py backup`` and an operator's script do, while the site runs."""
    with sqlite3.connect(source) as read, sqlite3.connect(target) as written:
        read.backup(written)
    read.close()
    written.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
