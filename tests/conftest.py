"""What every test may ask for."""

from __future__ import annotations

import os

import pytest

from tests import database


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    with django_db_blocker.unblock():
        end = database.copy_for(os.environ.get("PYTEST_XDIST_WORKER", "alone"))
    yield
    with django_db_blocker.unblock():
        end()


@pytest.fixture
def kept(django_capture_on_commit_callbacks):
    """Run what waits for the commit, as it would in life, when the block ends."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
