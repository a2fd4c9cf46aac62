"""Many who ask at once let a page be rendered once, and wait for nothing else."""

from __future__ import annotations

import threading
import time

import pytest

from pagecache import front
from pagecache.dependencies import depends_on
from pagecache.entry_store import FileStore
from tests.support.page_cache import ask
from tests.support.page_versions import publish
from tests.support.stub_applications import TEXT, Stream, StubApplication, showing

BROWSER = {"accept_encoding": "gzip, deflate, br, zstd"}


# --- Several at once ---------------------------------------------------------------------------------------


def ask_at_once(caches, path="/", number=16):
    """Ask from as many threads at once; return the bodies."""
    begin, bodies = threading.Barrier(number), []

    def one(place):
        begin.wait()
        bodies.append(ask(caches[place % len(caches)], path).body)

    threads = [threading.Thread(target=one, args=(place,)) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return bodies


def test_many_who_ask_at_once_let_the_page_be_rendered_once(make):
    cache = make(application := StubApplication(during=lambda environ: time.sleep(0.05)))

    bodies = ask_at_once([cache])

    assert application.times == 1
    assert bodies == [TEXT.encode()] * 16
    assert cache.counters.read("misses") == 1
    assert len(cache._turns) == 0


def test_many_who_ask_at_once_after_a_change_let_the_page_be_rendered_once(make, table):
    application = showing("discussion/7")
    cache = make(application)
    ask(cache, "/")
    publish(table, "discussion/7")
    application.during = lambda environ: (time.sleep(0.05), depends_on("discussion/7"))

    ask_at_once([cache])

    assert application.times == 2


def test_processes_that_share_a_store_render_a_page_once(make, tmp_path):
    application = StubApplication(during=lambda environ: time.sleep(0.05))
    caches = [
        make(application, process=name, store=FileStore(tmp_path / "entries", "build"))
        for name in ("one", "two", "three")
    ]

    ask_at_once(caches)

    assert application.times == 1


def test_other_addresses_do_not_wait_for_one_that_is_slow(make):
    begun, end = threading.Event(), threading.Event()

    def wait(environ):
        if environ["PATH_INFO"] == "/slow/":
            begun.set()
            end.wait(10)

    cache = make(StubApplication(during=wait))
    slow = threading.Thread(target=ask, args=(cache, "/slow/"))
    slow.start()
    begun.wait(10)

    assert ask(cache, "/quick/").status == "200 OK"
    end.set()
    slow.join()


@pytest.mark.parametrize("options", [{"status": "302 Found"}, {"response": lambda body: Stream()}])
def test_what_is_not_kept_is_not_asked_for_one_after_the_other(make, options):
    together = threading.Barrier(4)
    cache = make(application := StubApplication(**options))
    ask(cache, "/")

    application.during = lambda environ: together.wait(5)  # fails unless four are there at once

    assert len(ask_at_once([cache], number=4)) == 4


def test_an_address_that_was_not_kept_is_looked_at_again_after_a_while(make, monkeypatch):
    monkeypatch.setattr(front, "PASSING_SECONDS", 0.0)
    cache = make(application := StubApplication(status="503 Service Unavailable"))
    ask(cache, "/")

    application.status = "200 OK"
    ask(cache, "/")
    ask(cache, "/")

    assert application.times == 2


def test_addresses_without_number_are_not_remembered(make, monkeypatch):
    monkeypatch.setattr(front, "MAX_REMEMBERED", 10)
    cache = make(StubApplication(status="302 Found"))

    for number in range(50):
        ask(cache, f"/{number}/")

    assert len(cache._passing) <= 10
    assert len(cache._turns) == 0
