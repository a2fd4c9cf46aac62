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
from demo.stand_in.emails import read_emails
from demo.stand_in.endpoints import PATHS
from demo.stand_in.provider import LOOPBACK_NAMES, Provider, site_origins
from demo.stand_in.responses import Request, Response

MAX_BODY_BYTES = 64 * 1024
ROUTES = {path: (provider, endpoint) for provider, paths in PATHS.items() for endpoint, path in paths.items()}


@dataclass
class Router:
    """Everything the stand-in responds to, by path."""

    provider: Provider
    mail: Path | None = None

    def respond(self, request: Request) -> Response:
        host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
        if f"[{host}]" not in LOOPBACK_NAMES and host not in LOOPBACK_NAMES:
            # Another site's page may reach loopback under a host name of its own (DNS rebinding).
            return pages.error_page("The stand-in only responds on this machine.")
        if request.path in ROUTES:
            provider, endpoint = ROUTES[request.path]
            return self.provider.respond(provider, endpoint, request)
        if request.path == "/":
            return pages.home_page(self.provider.sites)
        if request.path == "/letters/":
            return pages.emails_page(
                read_emails(self.mail) if self.mail else [], has_folder=self.mail is not None
            )
        if request.path == "/style.css":
            return Response(resources.files(__package__).joinpath("style.css").read_text(), "text/css")
        if request.path.startswith("/broken/"):
            return Response("{", "application/json")
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
        if not length.isdecimal() or int(length) > MAX_BODY_BYTES:
            self.send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        self._reply(self.rfile.read(int(length)))

    def _reply(self, body: bytes) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        response = self.server.router.respond(Request.parse(self.command, self.path, headers, body))
        body_bytes = response.body.encode()
        self.send_response(response.status)
        self.send_header("Content-Type", response.content_type)
        self.send_header("Content-Length", str(len(body_bytes)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy", self.server.policy)
        if response.location:
            self.send_header("Location", response.location)
        self.end_headers()
        self.wfile.write(body_bytes)

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: codes and tokens are in the URLs."""


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
        self.router = Router(Provider(self.base, sites, slow=slow), mail)

    @property
    def policy(self) -> str:
        # form-action also applies to the redirect that follows a button, so it lists the sites.
        # It can't contain an IPv6 address.
        targets = " ".join(one for one in sorted(site_origins(self.router.provider.sites)) if "[" not in one)
        return f"default-src 'none'; style-src 'self'; form-action 'self' {targets}; frame-ancestors 'none'"
