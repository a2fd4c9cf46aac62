"""The entries of one process, and which of them goes when there are too many."""

from __future__ import annotations

import threading

import pytest

from pagecache.entries import OVERHEAD, Entry
from pagecache.entry_cache import EntryCache


def make_entry(length: int = 8_000) -> Entry:
    return Entry("200 OK", [], b"x" * length, "identity", "tag", {}, 0.0)


def key(number: int) -> tuple[str, str]:
    return (f"/{number}/", "")


SIZE = OVERHEAD + 8_000 + len("/1/")


@pytest.fixture
def cache():
    """A cache with room for four pages, and for one that anybody can make up."""
    return EntryCache(SIZE * 16 // 3)


def held(cache, numbers):
    return [number for number in numbers if cache.get(key(number)) is not None]


def test_an_entry_is_found_under_its_path_and_query_alone(cache):
    cache.put(("/a/", "page=1"), entry := make_entry())

    assert cache.get(("/a/", "page=1")) is entry
    assert cache.get(("/a/", "")) is None


def test_what_nobody_asked_for_longest_goes_first(cache):
    for number in range(4):
        cache.put(key(number), make_entry())
    cache.get(key(0))

    cache.put(key(4), make_entry())

    assert held(cache, range(5)) == [0, 2, 3, 4]


def test_the_bytes_are_bounded_and_counted(cache):
    for number in range(9):
        cache.put(key(number), make_entry())
        assert cache.bytes == SIZE * len(cache) <= SIZE * 4

    for number in range(9):
        cache.remove(key(number))
    assert (cache.bytes, len(cache)) == (0, 0)


def test_an_entry_that_is_put_again_counts_once(cache):
    for _ in range(3):
        cache.put(key(1), make_entry())

    assert (cache.bytes, len(cache)) == (SIZE, 1)


def test_what_anybody_can_make_up_pushes_out_no_page(cache):
    for number in range(4):
        cache.put(key(number), make_entry())

    for number in range(100, 150):
        cache.put(key(number), make_entry(), minor=True)

    assert held(cache, range(200)) == [0, 1, 2, 3, 149]


def test_pages_push_out_nothing_that_is_minor(cache):
    cache.put(key(100), make_entry(), minor=True)
    for number in range(9):
        cache.put(key(number), make_entry())

    assert held(cache, [100]) == [100]


def test_an_entry_that_becomes_minor_is_held_once(cache):
    cache.put(key(1), make_entry())
    cache.put(key(1), newer := make_entry(), minor=True)

    assert cache.get(key(1)) is newer
    assert (cache.bytes, len(cache)) == (SIZE, 1)


def test_an_entry_larger_than_the_room_pushes_out_nothing(cache):
    cache.put(key(1), make_entry())

    cache.put(key(2), make_entry(90_000))

    assert held(cache, [1, 2]) == [1]


def test_what_an_entry_has_taken_since_counts(cache):
    for number in range(4):
        cache.put(key(number), make_entry())

    cache.grow(key(3), 100)

    assert held(cache, range(4)) == [1, 2, 3]
    assert cache.bytes == 3 * SIZE + 100
    cache.remove(key(3))
    assert cache.bytes == 2 * SIZE


def test_an_entry_that_has_gone_takes_nothing_more(cache):
    cache.grow(key(1), 100)

    assert cache.bytes == 0


def test_a_long_address_counts(cache):
    cache.put(("/" + "a" * 900, "b" * 300), make_entry())

    assert cache.bytes == OVERHEAD + 8_000 + 1_201


def test_many_threads_leave_the_count_right(cache):
    def work(first):
        for number in range(first, first + 300):
            cache.put(key(number % 13), make_entry(number))
            cache.get(key(number % 7))
            cache.grow(key(number % 5), 10)
            cache.remove(key(number % 3))

    threads = [threading.Thread(target=work, args=(first,)) for first in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number in range(13):
        cache.remove(key(number))

    assert (cache.bytes, len(cache)) == (0, 0)
