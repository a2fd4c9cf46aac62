"""Many authors at once through a server of several workers: nothing is lost, nothing is saved twice."""

from __future__ import annotations

from bench import site
from tests.support import concurrency


def test_every_accepted_reply_stands_once_in_a_whole_tree(django_db_setup, django_db_blocker, tmp_path):
    assert_each_stands_once(django_db_blocker, tmp_path, authors=8, each=5)


def assert_each_stands_once(django_db_blocker, tmp_path, *, authors, each):
    with django_db_blocker.unblock(), concurrency.started(tmp_path, authors=authors) as (environment, crowd):
        with site.served(environment, workers=4) as base:
            crowd.post_replies(base, each=each)
        result = concurrency.outcome(environment)

    assert crowd.failures == []
    assert len(crowd.accepted) == authors * each
    assert result["texts"] == sorted(crowd.accepted)
    assert result["clean"], result
    assert result["nested"] == authors * each
    assert result["orders"] == list(range(2, authors * each + 2))
