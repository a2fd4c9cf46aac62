"""Many writers at once through a server of several workers: nothing is lost, nothing is said twice."""

from __future__ import annotations

import pytest

from bench import site
from tests.support import concurrency


@pytest.mark.parametrize(
    ("writers", "each"),
    [pytest.param(8, 5, id="8 writers"), pytest.param(20, 25, id="20 writers", marks=pytest.mark.soak)],
)
def test_every_accepted_reply_stands_once_in_a_whole_tree(
    django_db_setup, django_db_blocker, tmp_path, writers, each
):
    with django_db_blocker.unblock(), concurrency.started(tmp_path, writers=writers) as (given, voices):
        with site.served(given, workers=4) as base:
            voices.speak(base, each=each)
        found = concurrency.outcome(given)

    assert voices.failures == []
    assert len(voices.accepted) == writers * each
    assert found["texts"] == sorted(voices.accepted)
    assert found["clean"], found
    assert found["beneath"] == writers * each
    assert found["orders"] == list(range(2, writers * each + 2))
