"""What the tests of the page cache may ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pagecache.version_table import MemoryMappedTable
from tests.support.page_cache import NoStore, make_cache
from tests.support.redis import RedisServer, skip_without_redis
from tests.support.stub_applications import StubApplication


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


@pytest.fixture
def table(tmp_path):
    return MemoryMappedTable(tmp_path / "versions")


@pytest.fixture
def make(tmp_path, table):
    """Return what makes a cache before an application; ``process`` names one that others don't know."""

    def make_one(application=None, *, process="one", **options):
        options = {"table": table, "store": NoStore(), **options}
        return make_cache(tmp_path / process, application=application or StubApplication(), **options)

    return make_one
