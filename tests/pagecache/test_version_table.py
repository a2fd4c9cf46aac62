"""The table of versions: the same for every process, whether a file or Redis holds it."""

from __future__ import annotations

import secrets
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager

import pytest

from pagecache import version_table
from pagecache.version_table import (
    BOOT,
    FIRST_SLOT,
    GENERATION,
    LENGTH,
    MARK,
    PUBLISHED,
    SLOTS,
    MemoryMappedTable,
    RedisTable,
    changed,
    new_number,
    published_index,
    slot,
    unnamed,
)
from tests.support.processes import environment

NAMES = ["wagtailcore_page", "comments", "discussion/7", "publishing_topic"]


@pytest.fixture(params=["file", "redis"])
def make_table(request, tmp_path):
    """Return what opens the table as one more process would."""
    if request.param == "file":
        return lambda: MemoryMappedTable(tmp_path / "pagecache" / "versions")
    address = request.getfixturevalue("redis_server").address
    return lambda: RedisTable(address, site="https://example.org")


def numbers(table, names=NAMES):
    table.generation()
    return [table.read(slot(name)) for name in names]


def test_a_new_table_holds_random_numbers(make_table):
    table = make_table()

    assert table.generation() == table.generation() != 0
    assert len(set(numbers(table))) == len(NAMES)


def test_every_process_reads_the_same(make_table):
    one, other = make_table(), make_table()

    assert one.generation() == other.generation()
    assert numbers(one) == numbers(other)


def test_a_change_is_seen_by_every_process_and_is_one_of_its_name_alone(make_table):
    one, other = make_table(), make_table()
    generation, before = other.generation(), numbers(other)

    one.write(changed(["discussion/7"], 99))

    assert other.generation() != generation
    after = numbers(other)
    assert after[2] != before[2]
    assert after[:2] + after[3:] == before[:2] + before[3:]
    assert other.read(published_index(99)) == 99


def test_a_process_sees_its_own_change(make_table):
    table = make_table()
    before = numbers(table)

    table.write(changed(["comments"], 5))

    assert numbers(table)[1] != before[1]


def test_a_change_that_is_published_twice_brings_no_version_back():
    first, second = changed(["comments"], 5), changed(["comments"], 5)

    assert first[slot("comments")] != second[slot("comments")]
    assert first[GENERATION] != second[GENERATION]


def test_the_generation_moves_after_the_versions(tmp_path):
    table = MemoryMappedTable(tmp_path / "versions")
    written = []

    class Recorder:
        def __setitem__(self, index, number):
            written.append(index)

    table._numbers = Recorder()
    table.write({GENERATION: 3, **changed(["comments"], 5)})

    assert written.index(GENERATION) == len(written) - 1 > written.index(slot("comments"))


def test_clearing_changes_every_version_and_leaves_the_mark(make_table):
    one, other = make_table(), make_table()
    one.write({MARK: 77, GENERATION: new_number()})
    generation, before = other.generation(), numbers(other, map(str, range(500)))

    one.clear()

    assert other.generation() != generation
    after = numbers(other, map(str, range(500)))
    assert not any(old == new for old, new in zip(before, after, strict=True))
    assert other.read(MARK) == 77


def test_a_table_is_found_again_by_a_later_process(make_table):
    before = numbers(make_table())

    assert numbers(make_table()) == before


# --- A file ------------------------------------------------------------------------------------------------

READER = """
import sys
from pathlib import Path
from pagecache.version_table import MemoryMappedTable, slot
table = MemoryMappedTable(Path(sys.argv[1]))
for line in sys.stdin:
    print(table.generation(), table.read(slot(line.strip())), flush=True)
"""


def test_another_process_sees_a_change_at_once(tmp_path):
    path = tmp_path / "versions"
    table = MemoryMappedTable(path)

    with started_reader(path) as ask:
        assert ask("comments") == [table.generation(), table.read(slot("comments"))]
        for number in range(20):
            table.write(changed(["comments"], number))
            assert ask("comments") == [table.generation(), table.read(slot("comments"))]


@contextmanager
def started_reader(path):
    """Yield what asks a process of its own for the generation and a version."""
    child = subprocess.Popen(
        [sys.executable, "-c", READER, str(path)], env=environment(), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip

    def ask(name):
        child.stdin.write(name + "\n")
        child.stdin.flush()
        return [int(word) for word in child.stdout.readline().split()]

    try:
        yield ask
    finally:
        child.kill()
        child.communicate()


def test_processes_that_start_at_once_map_one_file(tmp_path, monkeypatch):
    path = tmp_path / "versions"
    first = MemoryMappedTable(path)
    monkeypatch.setattr(type(path), "exists", lambda self: False)  # as before the other had made it

    version_table._create(path)

    assert path.read_bytes()[:8] == first._map[:8]
    assert [file.name for file in tmp_path.iterdir()] == ["versions"]


def test_a_file_of_another_layout_is_replaced(tmp_path):
    path = tmp_path / "versions"
    path.write_bytes(b"x" * 100)

    table = MemoryMappedTable(path)

    assert path.stat().st_size == LENGTH
    assert len(set(numbers(table))) == len(NAMES)


def test_after_the_machine_was_restarted_nothing_kept_is_current(tmp_path, monkeypatch):
    path, boot = tmp_path / "versions", tmp_path / "boot_id"
    monkeypatch.setattr(version_table, "BOOT_ID", boot)
    boot.write_text("one")
    before = numbers(MemoryMappedTable(path))
    assert numbers(MemoryMappedTable(path)) == before

    boot.write_text("two")
    table = MemoryMappedTable(path)

    assert not set(numbers(table)) & set(before)
    assert numbers(MemoryMappedTable(path)) == numbers(table)


def test_a_machine_that_tells_no_start_keeps_its_table(tmp_path, monkeypatch):
    monkeypatch.setattr(version_table, "BOOT_ID", tmp_path / "none")

    assert numbers(MemoryMappedTable(tmp_path / "versions")) == numbers(
        MemoryMappedTable(tmp_path / "versions")
    )


def test_a_disk_that_is_full_leaves_no_part_of_a_table(tmp_path, monkeypatch):
    def write_half(path, content):
        with path.open("wb") as file:
            file.write(content[: len(content) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(tmp_path), "write_bytes", write_half)

    with pytest.raises(OSError, match="No space"):
        MemoryMappedTable(tmp_path / "versions")
    assert list(tmp_path.iterdir()) == []


# --- Names and numbers -------------------------------------------------------------------------------------


def test_names_are_spread_over_the_slots_and_stay_clear_of_the_rest():
    used = Counter(slot(f"discussion/{number}") for number in range(2_000))

    assert max(used.values()) < 6
    assert min(used) >= FIRST_SLOT > published_index(PUBLISHED - 1) > BOOT
    assert max(used) < FIRST_SLOT + SLOTS


def test_numbers_of_changes_have_places_of_their_own():
    places = {published_index(number) for number in range(PUBLISHED)}

    assert len(places) == PUBLISHED
    assert not places & {GENERATION, MARK, BOOT}


def test_a_number_is_never_zero_and_fits_a_column(monkeypatch):
    assert 0 < new_number() < 2**63
    monkeypatch.setattr(secrets, "randbits", lambda bits: 0)
    assert new_number() == 1


def test_a_family_has_a_name_for_what_nobody_names():
    assert unnamed("comments") not in NAMES
    assert slot(unnamed("comments")) != slot("comments")
