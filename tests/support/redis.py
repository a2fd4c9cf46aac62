"""A Redis of the test run's own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from redis import Redis, RedisError

from tests.support.processes import eventually


class RedisServer:
    """A server on a free port that can be stopped and started again, with nothing in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"redis://127.0.0.1:{self.port}/0"
        self.client = Redis.from_url(self.address)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "",
             "--appendonly", "no", "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        eventually(self._answers)

    def _answers(self) -> bool:
        with suppress(RedisError):
            return bool(self.client.ping())
        return False

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


def skip_without_redis() -> None:
    """Skip where no Redis is installed, unless REQUIRE_BROWSER=1, which asks for every test."""
    if shutil.which("redis-server") is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("redis-server is not installed.")
        pytest.skip("redis-server is not installed")
