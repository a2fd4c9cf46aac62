"""What all processes have counted, in one file."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import threading

import pytest

from pagecache import counters
from pagecache.counters import NAMES, PROCESSES, Counters, totals
from tests.support.processes import environment

COUNT = """
import sys
from pathlib import Path
from pagecache.counters import Counters
one = Counters(Path(sys.argv[1]))
for _ in range(5):
    one.hit()
one.add("misses")
one.set("bytes", 700)
print(one._first, flush=True)
sys.stdin.read()
"""


def begin(path):
    return subprocess.Popen(
        [sys.executable, "-c", COUNT, str(path)], env=environment(), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip


def test_nothing_is_counted_before_the_first_process(tmp_path):
    assert totals(tmp_path / "counters") == dict.fromkeys(NAMES, 0)


def test_processes_that_start_together_count_apart_and_are_summed(tmp_path):
    path = tmp_path / "pagecache" / "counters"
    children = [begin(path) for _ in range(4)]
    rows = {int(child.stdout.readline()) for child in children}

    assert len(rows) == 4
    assert totals(path) == {"hits": 20, "misses": 4, "stale": 0, "passed": 0, "bytes": 2_800, "entries": 0}

    for child in children:
        child.communicate()
    assert totals(path) == {"hits": 20, "misses": 4, "stale": 0, "passed": 0, "bytes": 0, "entries": 0}


def test_processes_take_their_places_one_after_the_other(tmp_path):
    path = tmp_path / "counters"
    Counters(path)
    other = threading.Thread(target=Counters, args=(path,))
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        other.start()
        other.join(0.2)
        assert other.is_alive()

    other.join(10)
    assert not other.is_alive()


def test_a_process_takes_the_place_of_one_that_has_ended_and_counts_on(tmp_path):
    path = tmp_path / "counters"
    begin(path).communicate()

    one = Counters(path)
    one.hit()

    assert one.read("hits") == 6
    assert one.read("bytes") == 0
    assert totals(path)["hits"] == 6


def test_more_processes_than_places_share_one(tmp_path, monkeypatch):
    monkeypatch.setattr(counters, "_is_running", lambda process: True)
    path = tmp_path / "counters"

    several = [Counters(path) for _ in range(PROCESSES + 3)]
    for one in several:
        one.hit()

    assert len({one._first for one in several}) == PROCESSES
    assert totals(path)["hits"] == PROCESSES + 3


def test_a_forked_process_has_a_place_of_its_own(tmp_path):
    path = tmp_path / "counters"
    one = Counters(path)
    one.hit()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        one.hit()
        os.write(writing, str(one._first).encode())
        os._exit(0)
    os.waitpid(child, 0)

    assert int(os.read(reading, 20)) != one._first
    assert (one.read("hits"), totals(path)["hits"]) == (1, 2)
    os.close(reading)
    os.close(writing)


def test_the_file_has_no_holes_that_a_full_disk_could_not_fill(tmp_path):
    path = tmp_path / "counters"

    counters._mapped(path)

    assert path.stat().st_blocks * 512 >= path.stat().st_size == PROCESSES * counters.ROW


def test_where_no_file_can_be_the_process_counts_alone(tmp_path, caplog):
    (tmp_path / "file").write_text("where a folder is wanted")

    one = Counters(tmp_path / "file" / "counters")
    one.hit()

    assert one.read("hits") == 1
    assert "can't be counted" in caplog.text


@pytest.mark.parametrize("name", NAMES)
def test_each_number_has_a_place_of_its_own(tmp_path, name):
    one = Counters(tmp_path / "counters")

    one.add(name)

    assert {other: one.read(other) for other in NAMES} == {**dict.fromkeys(NAMES, 0), name: 1}
    one.set(name, 9)
    assert one.read(name) == 9
