"""A site to measure: its own folder, its own server, limits off."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(folder: Path, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "DATA_DIR": str(folder),
        "DEMO": "yes",
        "LIMITS": "off",
        "PORT": str(port),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
    }


@contextmanager
def database_of_its_own(environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """Where DATABASE_URL names PostgreSQL, make a database beside it for the block, and drop it after."""
    address = urlsplit(environment.get("DATABASE_URL", ""))
    if not address.scheme.startswith("postgres"):
        yield environment
        return
    name = f"colloquy_bench_{os.getpid()}"
    execute_sql(environment["DATABASE_URL"], f"CREATE DATABASE {name}")
    try:
        yield environment | {"DATABASE_URL": address._replace(path=f"/{name}").geturl()}
    finally:
        execute_sql(environment["DATABASE_URL"], f"DROP DATABASE {name} WITH (FORCE)")


def execute_sql(address: str, statement: str) -> None:
    connection = psycopg2.connect(address)
    connection.autocommit = True
    connection.cursor().execute(statement)
    connection.close()


@contextmanager
def prepared(folder: Path) -> Iterator[dict[str, str]]:
    """Make a site in ``folder`` with its initial pages, on a database of its own; yield its environment."""
    with database_of_its_own(environment(folder, free_port())) as variables:
        for words in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["setup_site"]):
            manage(variables, *words)
        yield variables


def manage(environment: dict[str, str], *words: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )


@contextmanager
def served(environment: dict[str, str], *, workers: int = 2) -> Iterator[str]:
    """Serve the site by granian while the block lasts; yield its address."""
    with served_by(environment, workers=workers) as (base, _server):
        yield base


@contextmanager
def served_by(environment: dict[str, str], *, workers: int = 2) -> Iterator[tuple[str, int]]:
    """Serve the site by granian while the block lasts; yield its address and the server's process id."""
    command = granian("config.wsgi:application", port=int(environment["PORT"]), workers=workers)
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(f"{environment['BASE_URL']}/healthz")
        yield environment["BASE_URL"], server.pid
    finally:
        server.terminate()
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:  # told to end while it was still beginning
            server.kill()
            server.wait()


def granian(application: str, *, port: int, workers: int = 2) -> list[str]:
    """Return the command by which granian serves an application, as run_site has it."""
    return [
        str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", str(workers), "--blocking-threads", "4", "--no-ws", "--http", "1",
        "--no-log", application,
    ]  # fmt: skip


def wait_for(address: str, *, seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise TimeoutError(f"{address} did not answer within {seconds} s")
