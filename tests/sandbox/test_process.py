"""The child that reads hostile files stays inside its limits, and its parent outlives it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

import sandbox
from sandbox import process
from tests.support.paths import ROOT

WORKER = "tests.support.sandbox_worker"
BEGUN = {"begun": True, "page_count": 6}
ORPHANING = """
import sys
import sandbox
sandbox.run("tests.support.sandbox_worker", sys.argv[1], seconds=1, megabytes=256, args={"action": "sleep"})
"""

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc and at limits of Linux")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a file.pdf"
    path.write_text("something")
    return path


def run(
    path: Path, action: str, *, seconds: float = 10, megabytes: int = 256, max_file_bytes: int = 0
) -> list[dict]:
    return sandbox.run(
        WORKER,
        path,
        seconds=seconds,
        megabytes=megabytes,
        max_file_bytes=max_file_bytes,
        args={"action": action},
    )


def state_and_parent(pid: int | str) -> tuple[str, int]:
    """Return what the system says of a process; of one that is gone, that it is gone."""
    try:
        state, parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except (FileNotFoundError, ProcessLookupError):
        return "gone", 0
    return state, int(parent)


def still_runs(pid: int | str) -> bool:
    return state_and_parent(pid)[0] not in {"Z", "X", "gone"}


def children_of(parent: int) -> set[str]:
    """Return the processes that ``parent`` started, zombies included."""
    return {pid for pid in os.listdir("/proc") if pid.isdigit() and state_and_parent(pid)[1] == parent}


def wait_for(claim: Callable[[], object]) -> object:
    """Return what ``claim`` says once it says something, or what it says after 5 seconds."""
    for _ in range(100):
        if said := claim():
            return said
        time.sleep(0.05)
    return claim()


def test_a_child_says_what_it_found(file):
    assert run(file, "nothing") == [BEGUN, {"read": "something"}]


def test_a_child_is_found_from_any_folder(file, monkeypatch):
    monkeypatch.chdir(file.parent)
    monkeypatch.setenv("PYTHONPATH", "/nowhere")

    assert sandbox.run(WORKER, file.name, seconds=10, megabytes=256, args={"action": "nothing"})[-1]["read"]


def test_a_child_that_sleeps_is_ended_in_time(file):
    began = time.monotonic()

    with pytest.raises(sandbox.TimeLimitError) as stop:
        run(file, "sleep", seconds=1)

    assert time.monotonic() - began < 3
    assert stop.value.messages == [BEGUN]


def test_a_child_may_set_itself_a_shorter_time(file):
    began = time.monotonic()

    with pytest.raises(sandbox.TimeLimitError):
        run(file, "use_up_its_step", seconds=20)

    assert time.monotonic() - began < 5


def test_a_child_keeps_its_time_where_the_parent_blocks_the_alarms(file):
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGPROF, signal.SIGALRM})
    began = time.monotonic()

    try:
        with pytest.raises(sandbox.TimeLimitError):
            run(file, "use_up_its_step", seconds=6)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)

    assert time.monotonic() - began < 5


@only_linux
def test_a_child_does_not_outlive_its_parent_for_long(file):
    parent = subprocess.Popen(
        [sys.executable, "-c", ORPHANING, str(file)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"},
    )
    orphans = wait_for(lambda: children_of(parent.pid))

    parent.kill()
    parent.wait()

    assert orphans
    assert wait_for(lambda: not any(still_runs(orphan) for orphan in orphans))


@only_linux
def test_what_a_child_started_ends_with_it(file):
    with pytest.raises(sandbox.TimeLimitError) as stop:
        run(file, "start_another", seconds=1.2)

    heir = stop.value.messages[-1]["heir"]
    time.sleep(0.1)
    assert heir is None or not still_runs(heir)


@only_linux
def test_a_child_that_eats_memory_is_stopped(file):
    with pytest.raises(sandbox.MemoryLimitError):
        run(file, "eat_memory", megabytes=128)


def test_a_child_that_gives_up_for_want_of_memory_counts_as_too_big(file):
    with pytest.raises(sandbox.MemoryLimitError):
        run(file, "abort")


def test_a_child_that_never_stops_talking_is_stopped(file):
    with pytest.raises(sandbox.MemoryLimitError) as stop:
        run(file, "never_stop_talking")

    assert len(stop.value.messages) <= process.MAX_OUTPUT / 1_000_000 + 1


def test_what_was_found_before_a_crash_is_kept(file):
    with pytest.raises(sandbox.CrashError, match="SIGSEGV") as stop:
        run(file, "crash")

    assert stop.value.messages == [BEGUN, {"page": 1}]


def test_what_was_found_before_a_failure_is_kept(file):
    with pytest.raises(sandbox.CrashError, match="KeyError: 'Kids'") as stop:
        run(file, "fail")

    assert stop.value.messages == [BEGUN, {"page": 1}]


def test_a_missing_library_is_not_the_fault_of_the_file(file):
    with pytest.raises(RuntimeError, match="no_such_library"):
        run(file, "miss_a_library")


def test_a_missing_program_is_not_the_fault_of_the_file(file):
    with pytest.raises(RuntimeError, match="nowhere"):
        sandbox.run("papers.pdf.nowhere", file, seconds=10, megabytes=256)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(FileNotFoundError):
        run(tmp_path / "gone.pdf", "nothing")


def test_what_a_library_prints_does_not_mix_with_the_answer(file):
    assert run(file, "print_noise") == [BEGUN, {"read": True}]


def test_a_child_leaves_no_longer_file_than_it_may(file):
    assert run(file, "write_a_lot", max_file_bytes=5000)[-1] == {"written": 5000}
    assert run(file, "write_a_lot", max_file_bytes=0)[-1] == {"written": 0}


@only_linux
def test_a_child_sees_nothing_of_the_site(file, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not for the child")

    seen = run(file, "look_around")[-1]

    assert set(seen["environment"]) <= {"LANG", "MALLOC_ARENA_MAX", "LC_CTYPE", "LD_LIBRARY_PATH"}
    assert seen["folder"] == "/"
    assert seen["input"] == ""
    assert seen["leads_its_session"]
    assert seen["niceness"] >= min(os.nice(0) + 10, 19)
    assert seen["core"] == [0, 0]
    assert seen["processes"] == [0, 0]
    assert seen["processor"] == [10, 11]
    assert seen["files"] == [64, 64]
    assert len(seen["open_files"]) <= 4  # input, output, errors and the pipe
    assert not seen["django"]


@only_linux
def test_children_leave_neither_zombies_nor_open_files_behind(file):
    run(file, "nothing")
    files, children = len(os.listdir("/proc/self/fd")), children_of(os.getpid())

    for action in ("nothing", "crash", "sleep"):
        with suppress(sandbox.SandboxError):
            run(file, action, seconds=0.3)

    assert len(os.listdir("/proc/self/fd")) <= files
    assert children_of(os.getpid()) <= children


def test_several_threads_may_start_children(file):
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: run(file, "nothing")[-1], range(8)))

    assert answers == [{"read": "something"}] * 8
