"""A kept page is sent for as long as nothing that it shows has changed, and the table of versions says so."""

from __future__ import annotations

import pytest
import time_machine

from pagecache import dependencies, version_table
from pagecache.dependencies import depends_on
from pagecache.entry_store import FileStore
from pagecache.version_table import RedisTable, slot
from tests.support.page_cache import ask
from tests.support.page_versions import publish
from tests.support.stub_applications import TEXT, StubApplication, showing

BROWSER = {"accept_encoding": "gzip, deflate, br, zstd"}


# --- Until when --------------------------------------------------------------------------------------------


def test_a_change_of_something_shown_renders_the_page_anew_in_every_process(make, table):
    applications = [showing("discussion/7"), showing("discussion/7")]
    one, other = make(applications[0]), make(applications[1], process="other")
    for cache in (one, other):
        ask(cache, "/")

    publish(table, "discussion/7")
    for cache in (one, other, one, other):
        ask(cache, "/")

    assert [application.times for application in applications] == [2, 2]
    assert one.counters.read("stale") == 1


def test_a_change_of_something_else_lets_the_page_go_on(make, table):
    cache = make(application := showing("discussion/7"))
    ask(cache, "/")

    for number in range(20):
        publish(table, f"discussion/{number + 100}")
        ask(cache, "/")

    assert application.times == 1
    assert cache.counters.read("hits") == 20


def test_an_unchanged_page_is_compared_once_in_each_generation(make, table, monkeypatch):
    cache = make(showing("discussion/7"))
    ask(cache, "/")
    publish(table, "discussion/8")
    ask(cache, "/")

    monkeypatch.setattr(table, "read", None)

    assert ask(cache, "/").status == "200 OK"


@pytest.mark.parametrize("is_after", [False, True])
def test_a_change_while_the_page_is_rendered_is_found_at_the_next_look(make, table, is_after):
    """Whether the page has read the old state or the new one: nobody can tell."""
    application = StubApplication()

    def change_in_the_middle(environ):
        if is_after:
            depends_on("discussion/7")
        if application.times == 1:
            publish(table, "discussion/7")
            application.body = TEXT + "changed"
        if not is_after:
            depends_on("discussion/7")

    application.during = change_in_the_middle
    cache = make(application)
    ask(cache, "/")

    assert ask(cache, "/").body.decode() == TEXT + "changed"
    assert application.times == (2 if is_after else 1)  # what is read after the change is right


def test_a_change_while_the_page_is_rendered_that_was_read_before_is_never_served(make, table):
    old = StubApplication()

    def read_then_change(environ):
        depends_on("discussion/7")
        if old.times == 1:
            publish(table, "discussion/7")

    old.during = read_then_change
    cache = make(old)
    ask(cache, "/")

    assert old.times == 1
    ask(cache, "/")
    ask(cache, "/")
    assert old.times == 2


def test_a_page_lasts_until_the_next_moment_at_which_time_changes_it(make):
    with time_machine.travel(1_000_000, tick=False) as clock:
        application = StubApplication(during=lambda environ: dependencies._current.get().expire(1_000_060))
        cache = make(application)
        ask(cache, "/")
        clock.shift(59.9)
        ask(cache, "/")
        assert application.times == 1

        clock.shift(0.1)
        ask(cache, "/")
        assert application.times == 2


def test_no_page_is_older_than_an_hour(make):
    with time_machine.travel(1_000_000, tick=False) as clock:
        cache = make(application := StubApplication())
        ask(cache, "/")
        clock.shift(3_599)
        ask(cache, "/")
        assert application.times == 1
        clock.shift(1)
        ask(cache, "/")
        assert application.times == 2


def test_a_clock_that_is_set_back_leaves_no_page_of_the_future(make):
    with time_machine.travel(1_000_000, tick=False) as clock:
        cache = make(application := StubApplication())
        ask(cache, "/")

        clock.shift(-7_200)
        ask(cache, "/")
        ask(cache, "/")

    assert application.times == 2


# --- Where others have rendered ----------------------------------------------------------------------------


def test_a_new_process_begins_with_what_others_have_rendered(make, tmp_path):
    shared = {"store": FileStore(tmp_path / "entries", "build")}
    first = ask(make(showing("discussion/7"), **shared), "/blog/", **BROWSER)

    cache = make(application := showing("discussion/7"), process="new", **shared)
    answer = ask(cache, "/blog/", **BROWSER)

    assert application.times == 0
    assert (answer.status, answer.headers, answer.raw) == (first.status, first.headers, first.raw)


def test_addresses_that_a_reader_makes_up_are_not_left_on_the_disk(make, tmp_path):
    cache = make(StubApplication(), store=FileStore(tmp_path / "entries", "build"))

    for query in ("zoom=1", "zoom=2", "topic=a", "q=bus", "page=1234", "page=2&zoom=1"):
        assert ask(cache, f"/about/?{query}").status == "200 OK"

    assert not list((tmp_path / "entries").glob("build/??/*"))


def test_what_others_have_rendered_before_a_change_is_not_current(make, tmp_path, table):
    shared = {"store": FileStore(tmp_path / "entries", "build")}
    ask(make(showing("discussion/7"), **shared), "/")
    publish(table, "discussion/7")

    ask(make(application := showing("discussion/7"), process="new", **shared), "/")

    assert application.times == 1


def test_another_build_shares_nothing(make, tmp_path):
    ask(make(store=FileStore(tmp_path / "entries", "one")), "/")

    ask(
        make(application := StubApplication(), process="new", store=FileStore(tmp_path / "entries", "two")),
        "/",
    )

    assert application.times == 1


# --- Without the table -------------------------------------------------------------------------------------


def test_while_redis_is_away_pages_are_rendered_and_none_is_kept_and_none_is_old_when_it_is_back(
    make, redis_server, monkeypatch, caplog
):
    monkeypatch.setattr(version_table, "RETRY_SECONDS", 0.0)
    table = RedisTable(redis_server.address)
    cache = make(application := showing("discussion/7"), table=table)
    ask(cache, "/")
    ask(cache, "/")
    assert application.times == 1
    redis_server.stop()

    application.body = TEXT + "changed"
    answers = [ask(cache, "/"), ask(cache, "/"), ask(cache, "/other/")]
    assert application.times == 4
    assert [answer.body.decode() for answer in answers] == [TEXT + "changed"] * 3
    assert len(cache.cache) == 1  # what was there before
    assert caplog.text.count("The table of page versions can't be read") == 1

    redis_server.start()
    assert ask(cache, "/").body.decode() == TEXT + "changed"
    ask(cache, "/")
    assert application.times == 5


def test_a_redis_that_goes_away_while_a_page_is_rendered_fails_no_request(make, redis_server):
    application = StubApplication(during=lambda environ: redis_server.stop())
    cache = make(application, table=RedisTable(redis_server.address))

    assert ask(cache, "/").body.decode() == TEXT
    assert ask(cache, "/").body.decode() == TEXT
    assert application.times == 2


@pytest.mark.parametrize("fails_at", [1, 2, 3, 4])
def test_a_table_that_fails_at_any_moment_fails_no_request(make, table, monkeypatch, fails_at):
    asked, generation = [], table.generation

    def sometimes():
        asked.append(1)
        if len(asked) >= fails_at:
            raise ConnectionError("gone")
        return generation()

    monkeypatch.setattr(table, "generation", sometimes)
    cache = make(StubApplication())

    assert ask(cache, "/").body.decode() == TEXT


def test_a_version_that_moved_is_another_number_in_the_same_place(make, table):
    cache = make(showing("discussion/7"))
    ask(cache, "/")

    assert cache.cache.get(("/", "")).versions[slot("discussion/7")] == table.read(slot("discussion/7"))
