"""One migrated database, copied for every worker of every run.

Migrating takes twenty seconds and gives the same result until a migration, a
dependency or the first pages change; the template's name is a digest of those.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.support.paths import ROOT

FOLDER = ROOT / "var" / "test"
SHAPERS = [
    "requirements/*.txt", "*/migrations/*.py", "site/*/migrations/*.py", "site/home/content/*",
    "site/home/*.py", "site/home/management/commands/setup_site.py", "site/*/wagtail_hooks.py",
]  # fmt: skip


def digest() -> str:
    seen = hashlib.sha256()
    for pattern in SHAPERS:
        for path in sorted(ROOT.glob(pattern)):
            seen.update(str(path.relative_to(ROOT)).encode())
            seen.update(path.read_bytes())
    return seen.hexdigest()[:16]


def analyze() -> None:
    """Let PostgreSQL's planner know the rows a test has made: its own statistics never see them."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@contextmanager
def alone(name: str):
    """Let one worker make the template while the others wait for it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fill() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("setup_site", verbosity=0)


def use(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def copy_for(worker: str) -> Callable[[], None]:
    """Give ``worker`` a database of its own; return how to end it."""
    return _sqlite(worker) if connection.vendor == "sqlite" else _postgresql(worker)


def _sqlite(worker: str) -> Callable[[], None]:
    template = FOLDER / f"{digest()}.sqlite3"
    with alone("sqlite"):
        if not template.exists():
            making = FOLDER / f"making-{os.getpid()}.sqlite3"
            use(str(making))
            fill()
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
            making.rename(template)
    copy = Path(settings.DATA_DIR) / f"{worker}.sqlite3"
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(template, copy)
    use(str(copy))
    return connection.close


def _postgresql(worker: str) -> Callable[[], None]:
    template, copy = f"colloquy_{digest()}", f"colloquy_test_{worker}_{os.getpid()}"
    home = connection.settings_dict["NAME"]
    with alone("postgresql"):
        if not _fetch_value("SELECT 1 FROM pg_database WHERE datname = %s", template):
            making = f"making_{os.getpid()}"
            _execute(f"CREATE DATABASE {making}")
            use(making)
            fill()
            use(home)
            _execute(f"ALTER DATABASE {making} RENAME TO {template}")
        _execute(f"CREATE DATABASE {copy} TEMPLATE {template}")
    use(copy)

    def end() -> None:
        use(home)
        _execute(f"DROP DATABASE {copy} WITH (FORCE)")

    return end


@contextmanager
def another(folder: Path) -> Iterator[str]:
    """Make one more copy, for a site that runs beside the tests; yield its address.

    The template has to be there: ask for ``django_db_setup``.
    """
    if connection.vendor == "sqlite":
        copy = folder / "beside.sqlite3"
        shutil.copy(FOLDER / f"{digest()}.sqlite3", copy)
        yield f"sqlite:///{copy}"
        return
    name = f"colloquy_beside_{os.getpid()}_{folder.name.replace('-', '_')}"
    known = connection.settings_dict
    _execute(f'CREATE DATABASE "{name}" TEMPLATE colloquy_{digest()}')
    who = f"{quote(known['USER'])}:{quote(known['PASSWORD'] or '')}"
    yield f"postgres://{who}@{known['HOST']}:{known['PORT'] or 5432}/{name}"
    _execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _fetch_value(question: str, *values: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()
