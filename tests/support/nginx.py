"""A real nginx in front of an application, configured as docs/operating.md says."""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

from pagecache.policy import WSGIApplication
from tests.support.page_cache import HOST, connection_of_the_test
from tests.support.paths import ROOT
from tests.support.sites import free_ports

CONFIGURATION = """
{user}
worker_processes 1;
error_log {folder}/error.log;
pid {folder}/nginx.pid;
daemon off;
events {{ worker_connections 64; }}
http {{
  access_log off;
  types {{ application/pdf pdf; }}
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
{locations}
  }}
}}
"""


def program() -> str | None:
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def skip_without_nginx() -> None:
    if program() is None:
        message = "No nginx on this machine: it was not tested that it sends files."
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)


def documented_locations() -> str:
    """Return the location blocks of the operator's manual."""
    lines = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8").splitlines()
    taken: list[str] = []
    for line in lines:
        is_inside = bool(taken) and taken[-1].rstrip() != "        }"
        if is_inside or line.startswith("        location "):
            taken.append(line)
    return "\n".join(taken)


@dataclass
class Response:
    status: int
    headers: dict[str, str]
    body: bytes


class QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@dataclass
class Nginx:
    port: int
    application: WSGIServer

    def ask(self, path: str, method: str = "GET", **headers: str) -> Response:
        """Ask nginx; what it passes on is answered in this thread, which has the test's database."""
        with ThreadPoolExecutor(1) as pool, connection_of_the_test():
            response = pool.submit(self._send, path, method, headers)
            while not response.done():
                self.application.handle_request()
            return response.result()

    def _send(self, path: str, method: str, headers: dict[str, str]) -> Response:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Host": HOST, **named})
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return Response(response.status, dict(response.getheaders()), body)


@contextmanager
def in_front_of(application: WSGIApplication, *, files: str, folder: Path) -> Iterator[Nginx]:
    """Run nginx in front of ``application``; it sends files from ``files``, which ends with a slash."""
    (port,) = free_ports(1)
    server = make_server("127.0.0.1", 0, application, handler_class=QuietHandler)
    server.timeout = 0.05
    locations = documented_locations()
    for documented, ours in (
        ("http://127.0.0.1:8000", f"http://127.0.0.1:{server.server_port}"),
        ("/srv/colloquy/var/files/private/", files),
    ):
        assert documented in locations
        locations = locations.replace(documented, ours)
    # Started as root, its workers would be nobody, who may not read our temporary folder.
    user = "user root;" if os.geteuid() == 0 else ""
    written = folder / "nginx.conf"
    written.write_text(CONFIGURATION.format(user=user, folder=folder, port=port, locations=locations))
    process = subprocess.Popen(
        [program() or "nginx", "-p", str(folder), "-c", str(written)], stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        yield Nginx(port, server)
    finally:
        process.terminate()
        process.wait(timeout=20)
        server.server_close()


def wait_for(port: int, *, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/_files/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise TimeoutError("nginx did not start")
