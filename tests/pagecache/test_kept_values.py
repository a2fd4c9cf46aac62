"""Values that are kept until something that they were read from changes."""

from __future__ import annotations

import threading

import pytest
import time_machine

from mail.models import SuppressedAddress
from pagecache import kept_values, versions
from pagecache.dependencies import Dependencies, covered_by, expires_at, gathered
from pagecache.kept_values import kept, noted
from pagecache.version_table import slot
from pagecache.versions import version_table
from publishing.models import Topic
from tests.support.page_versions import forget_bumps, publish, publish_bumps

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _none_kept():
    kept_values.clear()
    forget_bumps()
    yield
    kept_values.clear()


class Names:
    """The names of all topics, and how often they were read."""

    times = 0

    def __call__(self):
        self.times += 1
        return sorted(Topic.objects.values_list("name", flat=True))


def test_a_value_is_read_once():
    names = Names()

    assert kept("names", names) is kept("names", names)
    assert names.times == 1


def test_each_key_has_a_value_of_its_own():
    assert [kept(key, lambda key=key: key * 2) for key in ("a", "b", ("a", 1), "a")] == [
        "aa",
        "bb",
        ("a", 1) * 2,
        "aa",
    ]


def test_a_change_of_what_was_read_is_seen_at_once_and_another_is_not_looked_at():
    names = Names()
    kept("names", names)

    publish(version_table(), "discussion/7")
    kept("names", names)
    assert names.times == 1

    Topic.objects.create(name="Buses", slug="buses")
    publish_bumps()
    assert kept("names", names) == ["Buses"]
    assert names.times == 2


def test_within_a_transaction_that_has_changed_something_it_is_read_each_time_and_not_kept():
    names = Names()
    kept("names", names)

    Topic.objects.create(name="Buses", slug="buses")
    assert kept("names", names) == kept("names", names) == ["Buses"]
    assert names.times == 3

    Topic.objects.all().delete()
    publish_bumps()
    assert kept("names", names) == []


def test_a_change_while_it_is_read_is_found_at_the_next_look():
    def read():
        found = list(Topic.objects.all())
        if not read.times:
            publish(version_table(), "publishing_topic")
        read.times += 1
        return found

    read.times = 0
    for _ in range(3):
        kept("topics", read)

    assert read.times == 2


def test_a_value_lasts_until_the_moment_that_it_says_and_an_hour_at_most():
    from datetime import UTC, datetime

    with time_machine.travel(1_000_000, tick=False) as clock:
        names, limited = Names(), Names()

        def read():
            expires_at(datetime.fromtimestamp(1_000_060, UTC))
            return limited()

        def look():
            kept("names", names)
            kept("limited", read)
            return names.times, limited.times

        assert look() == (1, 1)
        clock.shift(59)
        assert look() == (1, 1)
        clock.shift(1)
        assert look() == (1, 2)
        clock.shift(3_540)
        assert look()[0] == 2


def test_a_page_that_shows_it_depends_on_what_it_was_read_from():
    for _ in range(2):  # when it is read, and when it is kept
        with gathered(Dependencies(version_table(), 9e9)) as page:
            kept("names", Names())

        assert "publishing_topic" in page.names
        assert slot("publishing_topic") in page.versions
        assert page.expires_at < 9e9


def test_a_cover_of_the_page_covers_nothing_of_a_value():
    with (
        gathered(Dependencies(version_table(), 9e9)) as page,
        covered_by("a/1", instead_of="publishing_topic"),
    ):
        kept("names", Names())

    assert "publishing_topic" in page.names


def test_what_nobody_follows_is_not_kept_and_neither_is_the_page():
    times = []

    def read():
        times.append(1)
        return SuppressedAddress.objects.exists()

    for _ in range(2):
        with gathered(Dependencies(version_table(), 9e9)) as page:
            kept("secret", read)
        assert page.untracked == {"mail_suppressedaddress"}

    assert len(times) == 2


def test_what_is_made_of_something_noted_depends_on_that_too():
    with noted() as read:
        names = Names()()
    kept("first", lambda: names[:1], made_of=read)

    Topic.objects.create(name="Buses", slug="buses")
    publish_bumps()

    assert kept("first", lambda: "anew") == "anew"


def test_an_error_is_not_kept():
    with pytest.raises(ZeroDivisionError):
        kept("number", lambda: 1 / 0)

    assert kept("number", lambda: 1) == 1


def test_the_value_used_longest_ago_goes_first(monkeypatch):
    monkeypatch.setattr(kept_values, "MAX_VALUES", 10)
    for number in range(30):
        kept(number, lambda number=number: number)

    assert list(kept_values._values) == list(range(20, 30))


def test_where_the_table_cannot_be_read_it_is_read_each_time(monkeypatch):
    names = Names()
    kept("names", names)

    class Unreachable:
        def generation(self):
            raise ConnectionError("gone")

        def read(self, index):
            return 0

    monkeypatch.setattr(kept_values, "version_table", Unreachable)
    monkeypatch.setattr(versions, "version_table", Unreachable)

    assert [kept("names", names) for _ in range(2)] == [[], []]
    assert names.times == 3
    assert versions.current("discussion/7") is None
    with noted() as read:
        pass
    assert read.versions


def test_many_threads_get_the_same_value():
    found = []
    kept("value", lambda: "one")

    threads = [threading.Thread(target=lambda: found.append(kept("value", lambda: "two"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == ["one"] * 8
