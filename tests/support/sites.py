"""A whole site of its own, started as `make run` starts it, for tests that play people."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.paths import ROOT

PASSWORD = "a-password-for-trying-things"


@dataclass
class RunningSite:
    url: str
    stand_in: str
    folder: Path
    process: subprocess.Popen[bytes]
    environment: dict[str, str] = field(default_factory=dict)

    def newest_email_to(self, address: str, *, seconds: float = 30) -> str:
        """Return the newest e-mail to ``address``, waiting for the worker to send it."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for path in sorted(
                (self.folder / "mail").glob("*"), key=lambda path: path.stat().st_mtime, reverse=True
            ):
                words = path.read_text(encoding="utf-8", errors="replace")
                if f"To: {address}" in words:
                    return words
            time.sleep(0.2)
        raise AssertionError(f"No e-mail to {address} within {seconds} s")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)


def free_ports(number: int) -> list[int]:
    probes = [socket.socket() for _ in range(number)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return the variables of a site on free ports, whose files lie in ``folder``; ``more`` come last."""
    port, stand_in = free_ports(2)
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("DJANGO")},
        "DATA_DIR": str(folder),
        "DEMO": "yes",
        "PORT": str(port),
        "STAND_IN_PORT": str(stand_in),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DEMO_ADMIN_PASSWORD": PASSWORD,
        "EMAIL_URL": f"filemail://{folder}/mail",
        "CACHE_URL": f"filecache://{folder}/cache",
        "DATABASE_URL": f"sqlite:///{folder}/colloquy.sqlite3",
        "WEB_CONCURRENCY": "1",
        "PDF_PAGES_AHEAD": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        **more,
    }


def start(folder: Path, **more: str) -> RunningSite:
    """Start web server, worker, scheduler and stand-in on free ports, with the demo loaded.

    ``more`` are variables of the environment.
    """
    variables = environment(folder, **more)
    log = (folder / "site.log").open("wb")
    command = [sys.executable, "-m", "config.run_site", "--prepare"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=variables, stdout=log, stderr=log, start_new_session=True
    )
    site = RunningSite(
        variables["BASE_URL"], f"http://127.0.0.1:{variables['STAND_IN_PORT']}", folder, process, variables
    )
    for address in (f"{site.url}/readyz", f"{site.stand_in}/"):
        wait_for(address, process, log=folder / "site.log")
    return site


@contextmanager
def beside(
    site: RunningSite, folder: Path, *, settings: str = "config.settings", **more: str
) -> Iterator[RunningSite]:
    """Run a second web server and stand-in for ``site``, with other ``settings`` and the same data.

    ``more`` are variables of the environment. Everything else, e-mail too, is done by the site's own worker.
    Its own ``folder`` keeps the cache apart, in which there are pieces of pages.
    """
    port, stand_in = (str(port) for port in free_ports(2))
    url = f"http://127.0.0.1:{port}"
    given = {
        **site.environment,
        "PORT": port,
        "STAND_IN_PORT": stand_in,
        "BASE_URL": url,
        "CACHE_URL": f"filecache://{folder}/cache",
        "DJANGO_SETTINGS_MODULE": settings,
        **more,
    }
    commands = [
        ["granian", "config.wsgi:application", "--interface", "wsgi", "--host", "127.0.0.1",
         "--port", port, "--no-ws", "--blocking-threads", "4", "--log-level", "warning"],
        ["demo.stand_in", "--port", stand_in, "--site", url, "--mail", str(site.folder / "mail")],
    ]  # fmt: skip
    log = folder / "beside.log"
    with ExitStack() as stack:
        file = stack.enter_context(log.open("wb"))
        for command in commands:
            process = subprocess.Popen(
                [sys.executable, "-m", *command], cwd=ROOT, env=given, stdout=file, stderr=file
            )
            stack.callback(process.wait, timeout=20)
            stack.callback(process.terminate)
        running = RunningSite(url, f"http://127.0.0.1:{stand_in}", site.folder, process, given)
        for address in (f"{url}/readyz", f"{running.stand_in}/"):
            wait_for(address, process, log=log)
        yield running


def wait_for(address: str, process: subprocess.Popen[bytes], *, log: Path, seconds: float = 240) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError as answer:
            if answer.code < 500:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError(f"{address} did not answer:\n{log.read_text(errors='replace')[-3000:]}")
