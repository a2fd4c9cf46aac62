"""What the tests of the page cache may ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.redis import RedisServer, skip_without_redis


@pytest.fixture(scope="session")
def _redis_of_the_run(tmp_path_factory) -> Iterator[RedisServer]:
    skip_without_redis()
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def redis_server(_redis_of_the_run) -> RedisServer:
    """An empty Redis that runs."""
    if _redis_of_the_run.process is None:
        _redis_of_the_run.start()
    _redis_of_the_run.client.flushall()
    return _redis_of_the_run
