"""The table of versions in Redis, whatever becomes of Redis."""

from __future__ import annotations

import pytest
from redis import RedisError

from pagecache import version_table
from pagecache.version_table import (
    LENGTH,
    RedisTable,
    changed,
    published_index,
    slot,
)

NAMES = ["wagtailcore_page", "comments", "discussion/7", "publishing_topic"]


@pytest.fixture
def redis_table(redis_server):
    return lambda site="https://example.org": RedisTable(redis_server.address, site=site)


def numbers(table, names=NAMES):
    table.generation()
    return [table.read(slot(name)) for name in names]


def test_two_sites_in_one_redis_do_not_share_a_table(redis_table):
    one, other = redis_table("https://one.example"), redis_table("https://other.example")
    before = numbers(other)

    one.clear()

    assert numbers(other) == before


def test_a_version_that_was_read_before_stays_until_the_generation_is_asked_for(redis_table):
    one, other = redis_table(), redis_table()
    before = numbers(other)[1]

    one.write(changed(["comments"], 5))

    assert other.read(slot("comments")) == before
    other.generation()
    assert other.read(slot("comments")) != before


def test_a_redis_that_was_emptied_makes_everything_out_of_date(redis_table, redis_server):
    one, other = redis_table(), redis_table()
    before, generation = numbers(one), one.generation()

    redis_server.client.flushall()

    assert one.generation() == other.generation() != generation
    assert not set(numbers(one)) & set(before)
    assert numbers(one) == numbers(other)


def test_a_change_after_redis_was_emptied_makes_no_table_of_zeros(redis_table, redis_server):
    table = redis_table()
    before = numbers(table)
    redis_server.client.flushall()

    table.write(changed(["comments"], 5))

    assert not set(numbers(table)) & {0, *before}
    assert table.read(published_index(5)) == 5


def test_something_else_under_the_name_of_the_table_is_replaced(redis_table, redis_server):
    table = redis_table()
    before = numbers(table)
    for content in (b"short", b"x" * 100):
        redis_server.client.set(table._key, content)

        assert not set(numbers(table)) & set(before)
        assert redis_server.client.strlen(table._key) == LENGTH


def test_a_redis_that_is_gone_is_said_to_be_and_not_asked_again_at_once(redis_table, redis_server):
    table = redis_table()
    table.generation()
    redis_server.stop()

    with pytest.raises(RedisError):
        table.generation()
    with pytest.raises(ConnectionError, match="a moment ago"):
        table.generation()


def test_a_change_that_could_not_be_written_makes_everything_out_of_date_when_redis_is_back(
    redis_table, redis_server, monkeypatch
):
    monkeypatch.setattr(version_table, "RETRY_SECONDS", 0.0)
    table = redis_table()
    before = numbers(table)
    content = redis_server.client.get(table._key)
    redis_server.stop()
    with pytest.raises(RedisError):
        table.write(changed(["comments"], 5))

    redis_server.start()
    redis_server.client.set(table._key, content)  # as if only the way there had been broken

    assert not set(numbers(table)) & set(before)
    assert numbers(table) == numbers(redis_table())
