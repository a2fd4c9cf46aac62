"""20,000 requests that nobody's browser sends; tests/test_hostile_requests.py tries 500."""

from __future__ import annotations

import pytest

from tests.test_hostile_requests import hostility

__all__ = ["hostility"]
TRIES = 20_000


@pytest.mark.soak
@pytest.mark.django_db
def test_no_hostile_request_is_an_error(hostility):
    hostility.try_requests(TRIES, derandomize=False)

    assert sum(hostility.statuses.values()) >= TRIES * 0.9
    assert not [status for _method, status in hostility.statuses if status >= 500]
    assert hostility.reached() > 0.6
