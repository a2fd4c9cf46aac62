"""The whole site in one go: `python -m config.run_site`, or `manage.py run_site`.

Web server, task worker and scheduler, and in the demo the stand-in identity
provider; each a process of its own, started again when it dies. With
``--prepare`` the database, the first pages and the static files come first.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import os
import secrets
import socket
import subprocess
import sys
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config import env
from config.supervisor import Program, Supervisor

ROOT = Path(__file__).resolve().parents[2]
PYTHON = [sys.executable, "-u"]
MANAGE = [*PYTHON, "-m", "django"]
THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)  # of each web worker; more than that only queue up
DEMO_ACCOUNTS = ["admin@example.org", "editor@example.org", "moderator@example.org"]


class Refused(Exception):
    """The site can't start like this; the words say what to change."""


def main() -> int:
    words = argparse.ArgumentParser(prog="run_site", description=__doc__.splitlines()[0])
    words.add_argument("--prepare", action="store_true", help="run manage.py prepare_site first")
    given = words.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        host = listening()
        check_ports(host)
        surroundings = environment()
        if given.prepare:
            prepare(surroundings)
    except (ImproperlyConfigured, Refused) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return supervisor(host, surroundings).run()


def listening() -> str:
    """Return the address to listen on; the demo never leaves this machine."""
    host = env.text("LISTEN", "127.0.0.1")
    if settings.DEMO and host not in env.LOOPBACK:
        raise Refused(f"LISTEN is {host!r}, but DEMO=yes is for this machine alone; leave it out.")
    return host


def check_ports(host: str) -> None:
    """Raise Refused, naming the variable, for a port that can't be had."""
    wanted = [("PORT", host, settings.PORT)]
    if settings.DEMO:
        wanted.append(("STAND_IN_PORT", "127.0.0.1", settings.STAND_IN_PORT))
        if settings.STAND_IN_PORT == settings.PORT:
            raise Refused("PORT and STAND_IN_PORT are the same; give STAND_IN_PORT another number.")
    for variable, address, port in wanted:
        _check_port(variable, address, port)


def _check_port(variable: str, address: str, port: int) -> None:
    if not 1 <= port <= 65535:
        raise Refused(f"{variable} is {port}; ports go from 1 to 65535.")
    try:
        family, kind, *_, place = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Refused(f"Port {port} is in use already; give another one with {variable}=….") from None
        raise Refused(f"Can't listen on {address}, port {port} ({variable}): {error.strerror}.") from None


def environment() -> dict[str, str]:
    """Return what every program is to see: ours, and where the rooms are."""
    paths = [str(ROOT), str(ROOT / "site"), os.environ.get("PYTHONPATH", "")]
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONUTF8": "1"}
    if settings.DEMO:
        surroundings["DEMO_ADMIN_PASSWORD"] = demo_password(Path(settings.DATA_DIR))
    return surroundings


def demo_password(folder: Path) -> str:
    """Return the demo accounts' password: the one given, else the last one, else one made now.

    Where it is new, the demo content counts as not loaded, which sets it.
    """
    kept, loaded = folder / "demo_password", folder / "demo_loaded"
    last = kept.read_text() if kept.exists() else ""
    password = env.text("DEMO_ADMIN_PASSWORD") or last or secrets.token_urlsafe(9)
    if password != last:
        folder.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(password)
        loaded.unlink(missing_ok=True)
    return password


def prepare(surroundings: dict[str, str]) -> None:
    """Raise Refused when something fails; its own words are on the screen then."""
    if subprocess.run([*MANAGE, "prepare_site"], env=surroundings, check=False).returncode:
        raise Refused("The site was not prepared, so it does not start. What went wrong stands above.")


def programs(host: str) -> list[Program]:
    """Return what runs, in the order it starts."""
    workers = env.number("WEB_CONCURRENCY", default=2)
    web = [
        *PYTHON, "-m", "granian", "config.wsgi:application",
        "--interface", "wsgi", "--host", host, "--port", str(settings.PORT), "--no-ws", "--http", "1",
        "--workers", str(max(workers, 1)), "--blocking-threads", str(THREADS), "--workers-kill-timeout", "15",
        "--respawn-failed-workers", "--respawn-interval", "1", "--log-level", "warning",
    ]  # fmt: skip
    chosen = [
        Program("web server", web),
        Program("task worker", [*MANAGE, "run_worker", "--queue-name", "*", "--no-startup-delay"]),
        Program("scheduler", [*MANAGE, "run_schedule"]),
    ]
    if settings.DEMO:
        stand_in = [*PYTHON, "-m", "demo.stand_in", "--port", str(settings.STAND_IN_PORT)]
        letters = ["--mail", settings.EMAIL_FOLDER] if settings.EMAIL_FOLDER else []
        chosen.append(Program("stand-in", [*stand_in, "--site", settings.BASE_URL, *letters]))
    return chosen


def supervisor(host: str, surroundings: dict[str, str]) -> Supervisor:
    return Supervisor(
        programs(host),
        surroundings,
        is_up=lambda: answers(host),
        announce=lambda: print(announcement(surroundings), flush=True),
    )


def answers(host: str) -> bool:
    """Say whether the web server answers on the port; at most a second."""
    reach = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    asking = HTTPConnection(reach, settings.PORT, timeout=1)
    with contextlib.suppress(OSError, HTTPException):
        asking.request("GET", "/healthz", headers={"Host": settings.BASE_URL.partition("://")[2]})
        return asking.getresponse().status == 200
    return False


def announcement(surroundings: dict[str, str]) -> str:
    """Return the lines that tell where everything is."""
    lines = ["", f"Colloquy answers on {settings.BASE_URL}/"]
    if settings.DEMO:
        here = f"http://127.0.0.1:{settings.STAND_IN_PORT}"
        lines += [
            f"  Editors' desk     {settings.BASE_URL}/admin/",
            f"  Demo accounts     {', '.join(DEMO_ACCOUNTS)}",
            f"  Their password    {surroundings['DEMO_ADMIN_PASSWORD']}",
            f"  Sign-in buttons   lead to a stand-in on {here}/",
        ]
        if settings.EMAIL_FOLDER:
            lines.append(f"  Letters it sends  {here}/letters/")
        lines.append(f"  Data              {settings.DATA_DIR}")
    return "\n".join([*lines, "Stop it with Ctrl-C.", ""])


if __name__ == "__main__":
    sys.exit(main())
