"""Many writers at once through a server of several workers: nothing is lost, nothing is said twice."""

from __future__ import annotations

from bench import site
from tests.support import concurrency


def test_every_accepted_reply_stands_once_in_a_whole_tree(django_db_setup, django_db_blocker, tmp_path):
    assert_each_stands_once(django_db_blocker, tmp_path, writers=8, each=5)


def assert_each_stands_once(django_db_blocker, tmp_path, *, writers, each):
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
