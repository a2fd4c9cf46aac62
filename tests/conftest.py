"""What every test may ask for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from pagecache import fragments, kept_values
from pagecache.versions import version_table
from tests.support import browser, databases, sites
from tests.support.redis import RedisServer, skip_without_redis
from tests.support.sites import RunningSite


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    with django_db_blocker.unblock():
        end = databases.copy_for(os.environ.get("PYTEST_XDIST_WORKER", "alone"))
    yield
    with django_db_blocker.unblock():
        end()


@pytest.fixture(autouse=True)
def _nothing_kept():
    """Let no test see what another has kept: keys of rows come back when a test is rolled back."""
    version_table().clear()
    kept_values.clear()
    fragments.clear()


@pytest.fixture
def run_on_commit(django_capture_on_commit_callbacks):
    """Run what waits for the commit, as it would in life, when the block ends."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    browser.skip_without_chromium()
    with browser.started() as running:
        yield running


@pytest.fixture(scope="session")
def site(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup, django_db_blocker
) -> Iterator[RunningSite]:
    """A whole site with the demo loaded, shared by the tests that play people in it."""
    folder = tmp_path_factory.mktemp("site")
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            address = stack.enter_context(databases.another(folder))
        running = sites.start(folder, DATABASE_URL=address)
        yield running
        running.stop()
        with django_db_blocker.unblock():
            stack.close()


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
