"""``make advisories`` asks about every locked version, and says whether it had an answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.support import advisories, security_tools
from tests.support.advisories import Status

LOCK = """\
django==5.2.19 ; python_full_version < '3.12' \\
    --hash=sha256:0000000000000000000000000000000000000000000000000000000000000000
    # via -r requirements/base.in
django==6.1.3 ; python_full_version >= '3.12' \\
    --hash=sha256:1111111111111111111111111111111111111111111111111111111111111111
wagtail==8.0.1 \\
    --hash=sha256:2222222222222222222222222222222222222222222222222222222222222222
"""
ADVISORY = {
    "id": "GHSA-aaaa-bbbb-cccc", "summary": "Stored XSS", "modified": "2026-11-01T00:00:00Z",
    "schema_version": "1.6.0",
    "affected": [{
        "package": {"name": "django", "ecosystem": "PyPI"},
        "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "6.1.4"}]}],
    }],
}  # fmt: skip


@contextmanager
def osv(
    known: dict[tuple[str, str], dict], *, status: int = 200, body: bytes = b""
) -> Iterator[tuple[str, list]]:
    """Answer as OSV does; yield the address, and what was asked."""
    asked: list[tuple[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append(key := (query["package"]["name"], query["version"]))
            answer = body or json.dumps({"vulns": [known[key]]} if key in known else {}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/query", asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def lock(tmp_path):
    (tmp_path / "base.txt").write_text(LOCK)
    return str(tmp_path / "base.txt")


def test_an_advisory_about_a_version_for_another_python_is_reported(lock, capsys):
    with osv({("django", "6.1.3"): ADVISORY}) as (url, asked):
        status = advisories.main([lock, "--osv-url", url])

    assert status == Status.VULNERABLE == 1
    assert sorted(asked) == [("django", "5.2.19"), ("django", "6.1.3"), ("wagtail", "8.0.1")]
    assert capsys.readouterr().out.splitlines() == [
        "django 6.1.3: GHSA-aaaa-bbbb-cccc, fixed in 6.1.4",
        "3 locked versions, 1 known advisories.",
    ]


def test_nothing_known_is_status_0(lock, capsys):
    with osv({}) as (url, _asked):
        assert advisories.main([lock, "--osv-url", url]) == Status.NOTHING_KNOWN == 0

    assert "3 locked versions, 0 known advisories." in capsys.readouterr().out


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 503},
        {"body": b"<html>Sign in to this network</html>"},
        {"body": b'{"message": "Wait."}'},
    ],
)
def test_a_service_that_does_not_answer_properly_is_no_all_clear(lock, answer, capsys):
    with osv({}, **answer) as (url, _asked):
        status = advisories.main([lock, "--osv-url", url])

    assert status == Status.NO_ANSWER == 3
    assert f"No answer from {url}, so nothing was checked" in capsys.readouterr().err


def test_a_service_out_of_reach_is_no_all_clear(lock, capsys):
    with osv({}) as (url, _asked):
        pass

    assert advisories.main([lock, "--osv-url", url]) == Status.NO_ANSWER
    assert f"No answer from {url}" in capsys.readouterr().err


def test_every_locked_version_of_the_site_is_asked_about():
    versions = advisories.locked_versions(security_tools.LOCKS)
    parts = list(advisories.rounds(versions))

    assert {("wagtail", "8.0.1"), ("django", "5.2.19"), ("django", "6.1.3")} <= set(versions)
    assert sorted(one for part in parts for one in part.items()) == versions
