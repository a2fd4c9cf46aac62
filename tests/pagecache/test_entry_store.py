"""Entries that outlive their process: the same of files and of Redis."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from pagecache import entry_store
from pagecache.entries import Entry
from pagecache.entry_store import FileStore, RedisStore, digest, packed, prune, unpacked
from tests.support.processes import started

KEY = ("/blog/é/", "page=2")


def make_entry(body: bytes = b"Three towns\n share a nurse.", **changes) -> Entry:
    fields = {
        "status": "200 OK", "headers": [("Content-Type", "text/html"), ("Vary", "Cookie")], "body": body,
        "encoding": "br", "etag": "abc", "versions": {5: 2**63 - 1, 7: 8}, "begins_at": 99.5,
        "expires_at": 1234.5,
    }  # fmt: skip
    return Entry(**{**fields, **changes})


@pytest.fixture(params=["files", "redis"])
def make_store(request, tmp_path):
    if request.param == "files":
        return lambda build="build", site="": FileStore(tmp_path / f"entries{site}", build)
    address = request.getfixturevalue("redis_server").address
    return lambda build="build", site="": RedisStore(address, build, site=site)


def test_another_process_finds_all_of_an_entry(make_store):
    make_store().put(KEY, make_entry())

    assert make_store().get(KEY) == make_entry()


def test_each_path_and_query_has_an_entry_of_its_own(make_store):
    store = make_store()
    store.put(KEY, make_entry())

    for other in [("/blog/é/", ""), ("/blog/é/\npage=2", ""), ("/blog/", "page=2"), ("", "/blog/é/\npage=2")]:
        assert store.get(other) is None


def test_the_newest_entry_is_found(make_store):
    store = make_store()
    store.put(KEY, make_entry(b"old, and longer than the new one"))
    store.put(KEY, make_entry(b"new"))

    assert store.get(KEY).body == b"new"


def test_other_builds_and_other_sites_share_nothing(make_store):
    make_store("one").put(KEY, make_entry())

    assert make_store("two").get(KEY) is None
    assert make_store("one", site="other").get(KEY) is None
    assert make_store("one").get(KEY) is not None


def test_one_process_at_a_time_renders_an_address(make_store):
    inside, most = [], []

    def render():
        with make_store().lock(KEY):
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.01)
            inside.pop()

    threads = [threading.Thread(target=render) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == [1, 1, 1, 1]


def test_who_takes_too_long_is_not_waited_for(make_store, monkeypatch):
    monkeypatch.setattr(entry_store, "LOCK_SECONDS", 0.1)

    with make_store().lock(KEY), make_store().lock(KEY):
        pass  # though the other is still at it


@pytest.mark.parametrize("cut", [1, 20, -1, -5])
def test_an_entry_that_was_cut_off_is_none(cut):
    content = packed(KEY, make_entry())

    assert unpacked(content, KEY) == make_entry()
    assert unpacked(content[:cut], KEY) is None


@pytest.mark.parametrize("content", [b"", b"\n", b"5\nx", b"[]\nx", b"{}\nx", b"\xff\nx", b'{"key": 1}\n'])
def test_what_is_no_entry_is_none(content):
    assert unpacked(content, KEY) is None


def test_an_entry_of_the_same_digest_under_another_address_is_none():
    assert unpacked(packed(("/other/", ""), make_entry()), KEY) is None


def test_an_entry_of_another_layout_is_none():
    content = packed(KEY, make_entry()).replace(b'"status"', b'"stat"')

    assert unpacked(content, KEY) is None


def test_any_address_has_a_digest():
    assert len({digest(("/\udcff\x00☃/", "")), digest(("/", "")), digest(("", "/"))}) == 3


# --- Files -------------------------------------------------------------------------------------------------


def test_a_disk_that_is_full_leaves_no_part_of_an_entry(tmp_path, monkeypatch):
    store = FileStore(tmp_path, "build")

    def write_half(path, content):
        with path.open("wb") as file:
            file.write(content[: len(content) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", write_half)
    store.put(KEY, make_entry())

    assert store.get(KEY) is None
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_folder_that_cannot_be_written_keeps_nothing_and_fails_nothing(tmp_path):
    (tmp_path / "file").write_text("where a folder is wanted")
    store = FileStore(tmp_path / "file", "build")

    store.put(KEY, make_entry())
    with store.lock(KEY):
        assert store.get(KEY) is None


def make_files(folder, number, size=100):
    for place in range(number):
        path = folder / f"build{place % 2}" / "ab" / str(place)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * size)
        os.utime(path, (place, place))


def test_the_oldest_files_of_all_builds_go_while_they_are_too_many(tmp_path):
    make_files(tmp_path, 10)

    assert prune(tmp_path, max_bytes=450) == 6
    assert sorted(path.name for path in tmp_path.glob("*/??/*")) == ["6", "7", "8", "9"]
    assert prune(tmp_path, max_bytes=450) == 0


def test_pruning_leaves_locks_and_bears_a_folder_that_is_not_there(tmp_path):
    with FileStore(tmp_path, "build").lock(KEY):
        assert prune(tmp_path, max_bytes=0) == 0
        assert list(tmp_path.glob("build/locks/*"))
    assert prune(tmp_path / "none", max_bytes=0) == 0


HOLD = """
import sys, time
from pathlib import Path
from pagecache.entry_store import FileStore
with FileStore(Path(sys.argv[1]), "build").lock(("/", "")):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_process_that_is_killed_while_it_renders_is_not_waited_for(tmp_path):
    with started("-c", HOLD, str(tmp_path)) as child:
        assert child.stdout.readline() == "held\n"
        child.kill()
        child.wait()

        began = time.monotonic()
        with FileStore(tmp_path, "build").lock(("/", "")):
            assert time.monotonic() - began < entry_store.LOCK_SECONDS / 2


# --- Redis -------------------------------------------------------------------------------------------------


def test_redis_keeps_an_entry_for_an_hour(redis_server):
    RedisStore(redis_server.address, "build").put(KEY, make_entry())

    (name,) = redis_server.client.keys()
    assert 3_500 < redis_server.client.ttl(name) <= 3_600


def test_a_redis_that_is_gone_keeps_nothing_and_fails_nothing(redis_server):
    store = RedisStore(redis_server.address, "build")
    store.put(KEY, make_entry())
    redis_server.stop()

    store.put(KEY, make_entry())
    assert store.get(KEY) is None
    with store.lock(KEY):
        pass


def test_a_redis_that_goes_while_a_page_is_rendered_fails_nothing(redis_server):
    with RedisStore(redis_server.address, "build").lock(KEY):
        redis_server.stop()
