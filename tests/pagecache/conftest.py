"""What the tests of the page cache may ask for."""

from __future__ import annotations

import pytest

from pagecache.version_table import MemoryMappedTable
from tests.support.page_cache import NoStore, make_cache
from tests.support.stub_applications import StubApplication


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
