"""The stand-in on a socket: loopback only, one thread a request, no cookies."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

from demo.stand_in import pages
from demo.stand_in.emails import letters
from demo.stand_in.endpoints import PATHS
from demo.stand_in.provider import LOOPBACK_NAMES, Desk, site_origins
from demo.stand_in.responses import Answer, Ask

LONGEST_BODY = 64 * 1024
DOORS = {path: (provider, deed) for provider, paths in PATHS.items() for deed, path in paths.items()}


@dataclass
class House:
    """Everything the stand-in answers, by address."""

    desk: Desk
    mail: Path | None = None

    def answer(self, ask: Ask) -> Answer:
        host = urlsplit(f"//{ask.headers.get('host', '')}").hostname or ""
        if f"[{host}]" not in LOOPBACK_NAMES and host not in LOOPBACK_NAMES:
            # Another site's page may reach loopback under a name of its own.
            return pages.trouble("The stand-in is for this machine alone.")
        if ask.path in DOORS:
            provider, deed = DOORS[ask.path]
            return self.desk.answer(provider, deed, ask)
        if ask.path == "/":
            return pages.front(self.desk.sites)
        if ask.path == "/letters/":
            return pages.letterbox(letters(self.mail) if self.mail else [], known=self.mail is not None)
        if ask.path == "/style.css":
            return Answer(resources.files(__package__).joinpath("style.css").read_text(), "text/css")
        if ask.path.startswith("/broken/"):
            return Answer("{", "application/json")
        return pages.not_found()


class Handler(BaseHTTPRequestHandler):
    server: StandIn
    server_version = "StandIn"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        self._reply(b"")

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > LONGEST_BODY:
            self.send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        self._reply(self.rfile.read(int(length)))

    def _reply(self, body: bytes) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.house.answer(Ask.read(self.command, self.path, headers, body))
        written = answer.body.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(written)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy", self.server.policy)
        if answer.location:
            self.send_header("Location", answer.location)
        self.end_headers()
        self.wfile.write(written)

    def log_message(self, format: str, *parameters: object) -> None:
        """Stay silent: codes and tokens are in the addresses."""


class StandIn(ThreadingHTTPServer):
    """The server; port 0 takes a free one. Raises ValueError for an address outside loopback."""

    daemon_threads = True

    def __init__(
        self, host: str, port: int, *, sites: list[str], mail: Path | None = None, slow: float = 8.0
    ) -> None:
        if not ipaddress.ip_address(host).is_loopback:
            raise ValueError(f"{host} is not a loopback address; the stand-in is for this machine alone.")
        super().__init__((host, port), Handler)
        self.base = f"http://{host}:{self.server_port}"
        self.house = House(Desk(self.base, sites, slow=slow), mail)

    @property
    def policy(self) -> str:
        # form-action covers the redirect that follows the buttons, so the sites belong into it.
        # It has no way to write an IPv6 address.
        targets = " ".join(one for one in sorted(site_origins(self.house.desk.sites)) if "[" not in one)
        return f"default-src 'none'; style-src 'self'; form-action 'self' {targets}; frame-ancestors 'none'"
