"""The whole site in one command: `python -m config.run_site`, or `manage.py run_site`.

Starts web server, task worker and scheduler, and in the demo the stand-in
identity provider, each as a process that is restarted when it exits. With
``--prepare`` it first brings database, initial pages and static files up to date.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import os
import runpy
import secrets
import socket
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from http.client import HTTPConnection, HTTPException
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from config import env
from config.supervisor import Program, Supervisor

PYTHON = [sys.executable, "-u"]
MANAGE = [*PYTHON, "-m", "django"]
CAN_FORK = sys.platform == "linux"  # elsewhere, libraries of the system may not survive it
THREADS = min(
    8, 2 * (os.cpu_count() or 1) + 1
)  # of each web worker; with more, requests only wait inside instead of outside
DEMO_ACCOUNTS = ["admin@example.org", "editor@example.org", "moderator@example.org"]


class StartError(Exception):
    """The site can't start with these settings; the message says what to change."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="run_site", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--prepare", action="store_true", help="run manage.py prepare_site first")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        host = listen_address()
        check_ports(host)
        child_environment = environment()
        if options.prepare:
            prepare(child_environment)
        load_site()
    except (ImproperlyConfigured, StartError) as error:
        print(error, file=sys.stderr)
        return 1
    return supervisor(host, child_environment).run()


def listen_address() -> str:
    """Return the address to listen on; in the demo only a loopback address."""
    host = env.text("LISTEN", "127.0.0.1")
    if settings.DEMO and host not in env.LOOPBACK:
        raise StartError(f"LISTEN is {host!r}, but DEMO=yes is for this machine only. Leave LISTEN out.")
    return host


def check_ports(host: str) -> None:
    """Raise StartError, naming the variable, for a port that is invalid or in use."""
    ports = [("PORT", host, settings.PORT)]
    if settings.DEMO:
        ports.append(("STAND_IN_PORT", "127.0.0.1", settings.STAND_IN_PORT))
        if settings.STAND_IN_PORT == settings.PORT:
            raise StartError("PORT and STAND_IN_PORT are the same. Set STAND_IN_PORT to another number.")
    for variable, address, port in ports:
        _check_port(variable, address, port)


def _check_port(variable: str, address: str, port: int) -> None:
    if not 1 <= port <= 65535:
        raise StartError(f"{variable} is {port}; use a number from 1 to 65535.")
    try:
        family, kind, *_, socket_address = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(socket_address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise StartError(
                f"Port {port} is already in use. Choose another one with {variable}=…."
            ) from None
        raise StartError(f"Can't listen on {address}, port {port} ({variable}): {error.strerror}.") from None


def environment() -> dict[str, str]:
    """Return the environment of every program."""
    python_path = filter(None, [*settings.SOURCE_ROOTS, os.environ.get("PYTHONPATH", "")])
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join(python_path), "PYTHONUTF8": "1"}
    if settings.DEMO:
        variables["DEMO_ADMIN_PASSWORD"] = demo_password(Path(settings.DATA_DIR))
    return variables


def demo_password(folder: Path) -> str:
    """Return the demo accounts' password: DEMO_ADMIN_PASSWORD, else the last one, else a random one.

    If it is new, the demo content counts as not loaded, so that loading it sets the password.
    """
    saved, loaded = folder / "demo_password", folder / "demo_loaded"
    last = saved.read_text() if saved.exists() else ""
    password = env.text("DEMO_ADMIN_PASSWORD") or last or secrets.token_urlsafe(9)
    if password != last:
        folder.mkdir(parents=True, exist_ok=True)
        saved.touch(mode=0o600)
        saved.write_text(password)
        loaded.unlink(missing_ok=True)
    return password


def prepare(variables: dict[str, str]) -> None:
    """Run prepare_site. Raises StartError if it fails; its output is on the screen then."""
    if subprocess.run([*MANAGE, "prepare_site"], env=variables, check=False).returncode:
        raise StartError("The site could not be prepared, so it was not started. See the error above.")


def load_site() -> None:
    """Load all that the programs need, once: each is a fork, which shares this memory and starts at once."""
    if CAN_FORK:
        import_module("config.wsgi")
        connections.close_all()  # of the first page; no two processes may share one


def programs(host: str) -> list[Program]:
    """Return the programs in the order in which they start."""
    workers = env.number("WEB_CONCURRENCY", default=2)
    web = [
        "config.wsgi:application",
        "--interface", "wsgi", "--host", host, "--port", str(settings.PORT), "--no-ws", "--http", "1",
        "--workers", str(max(workers, 1)), "--blocking-threads", str(THREADS), "--workers-kill-timeout", "15",
        "--respawn-failed-workers", "--respawn-interval", "1", "--log-level", "warning",
    ]  # fmt: skip
    running = [
        program("web server", "granian", web),
        program("task worker", "django", ["run_worker", "--queue-name", "*", "--no-startup-delay"]),
        program("scheduler", "django", ["run_schedule"]),
    ]
    if settings.DEMO:
        stand_in = ["--port", str(settings.STAND_IN_PORT), "--site", settings.BASE_URL]
        emails = ["--mail", settings.EMAIL_FOLDER] if settings.EMAIL_FOLDER else []
        running.append(program("stand-in", "demo.stand_in", [*stand_in, *emails]))
    return running


def program(name: str, module: str, arguments: list[str]) -> Program:
    """Return what runs a module as `python -m` does."""
    function = partial(run_module, module, arguments) if CAN_FORK else None
    return Program(name, [*PYTHON, "-m", module, *arguments], function)


def run_module(module: str, arguments: list[str]) -> None:
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def supervisor(host: str, variables: dict[str, str]) -> Supervisor:
    return Supervisor(
        programs(host),
        variables,
        is_up=lambda: is_up(host),
        announce=lambda: print(announcement(variables), flush=True),
    )


def is_up(host: str) -> bool:
    """Say whether the web server answers; takes at most a second."""
    address = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    connection = HTTPConnection(address, settings.PORT, timeout=1)
    with contextlib.suppress(OSError, HTTPException):
        connection.request("GET", "/healthz", headers={"Host": settings.BASE_URL.partition("://")[2]})
        return connection.getresponse().status == 200
    return False


def announcement(variables: dict[str, str]) -> str:
    """Return what is printed once the site is up: addresses and, in the demo, accounts."""
    lines = ["", f"Colloquy is running at {settings.BASE_URL}/"]
    if settings.DEMO:
        stand_in = f"http://127.0.0.1:{settings.STAND_IN_PORT}"
        lines += [
            f"  Admin             {settings.BASE_URL}/admin/",
            f"  Demo accounts     {', '.join(DEMO_ACCOUNTS)}",
            f"  Password          {variables['DEMO_ADMIN_PASSWORD']}",
            f"  Sign-in provider  {stand_in}/ (a stand-in for Google and the others)",
        ]
        if settings.EMAIL_FOLDER:
            lines.append(f"  E-mails sent      {stand_in}/letters/")
        lines.append(f"  Data              {settings.DATA_DIR}")
    return "\n".join([*lines, "Press Ctrl-C to stop.", ""])


if __name__ == "__main__":
    sys.exit(main())
