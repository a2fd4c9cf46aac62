"""Programs run together, are started again where one exits, and end together."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from config import supervisor
from tests.support.processes import eventually, only_linux, started

# The supervisor runs in a process of its own here: it owns that process's signals.
SUPERVISE = """
import sys
from config.supervisor import Program, Supervisor, log
folder, *codes = sys.argv[1:]
programs = [Program(f"program {n}", [sys.executable, "-c", code, folder]) for n, code in enumerate(codes)]
sys.exit(Supervisor(programs, {}, is_up=lambda: True, announce=lambda: log("up")).run())
"""
STAYS = "import os, sys, time; open(f'{sys.argv[1]}/{os.getpid()}', 'w'); time.sleep(60)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + STAYS


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def pids(folder: Path) -> set[int]:
    return {int(path.name) for path in folder.iterdir()}


@only_linux
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_every_program(tmp_path, number):
    with started("-c", SUPERVISE, str(tmp_path), STAYS, STAYS) as site:
        eventually(lambda: len(pids(tmp_path)) == 2)

        site.send_signal(number)

        assert site.wait(10) == 0
        assert not any(runs(pid) for pid in pids(tmp_path))


@only_linux
def test_a_program_that_will_not_end_is_ended(tmp_path):
    impatient = SUPERVISE.replace(
        "folder,", "import config.supervisor; config.supervisor.SHUTDOWN_TIMEOUT = 0.5\nfolder,"
    )
    with started("-c", impatient, str(tmp_path), DEAF) as site:
        eventually(lambda: pids(tmp_path))

        site.terminate()

        assert site.wait(10) == 0
        assert not any(runs(pid) for pid in pids(tmp_path))


@only_linux
def test_no_program_outlives_a_supervisor_that_was_killed(tmp_path):
    with started("-c", SUPERVISE, str(tmp_path), STAYS) as site:
        eventually(lambda: pids(tmp_path))

        site.kill()

        eventually(lambda: not any(runs(pid) for pid in pids(tmp_path)))


@only_linux
def test_a_program_that_died_is_started_again(tmp_path):
    with started("-c", SUPERVISE, str(tmp_path), STAYS) as site:
        [first] = eventually(lambda: pids(tmp_path))

        os.kill(first, signal.SIGKILL)

        assert eventually(lambda: pids(tmp_path) - {first})
        site.terminate()
        assert "The program 0 exited with SIGKILL" in site.stdout.read()


def test_a_program_that_dies_at_once_again_and_again_ends_the_whole(monkeypatch):
    program = supervisor.Program("web server", [])
    for _ in range(supervisor.MAX_QUICK_EXITS - 1):
        program.started_at = time.monotonic()
        assert "It restarts" in program.record_exit(3)
    program.started_at = time.monotonic()

    with pytest.raises(
        supervisor.CrashLoopError, match=r"web server exited 5 times within seconds .* status 3"
    ):
        program.record_exit(3)


def test_a_program_that_dies_now_and_then_is_in_no_crash_loop():
    program = supervisor.Program("web server", [])

    for _ in range(20):
        program.started_at = time.monotonic() - supervisor.QUICK_EXIT - 1
        assert "It restarts" in program.record_exit(1)


LEAVE_BEHIND = """
import os, subprocess, sys
child = subprocess.Popen(["sleep", "60"])
open(sys.argv[1], "w").write(str(child.pid))
os.kill(os.getpid(), 9)
"""


@only_linux
def test_what_a_program_leaves_behind_ends_before_it_starts_again(tmp_path):
    program = supervisor.Program("web server", [sys.executable, "-c", LEAVE_BEHIND, str(tmp_path / "left")])
    program.start(os.environ)
    status = program.child.wait(timeout=20)
    left = Path(f"/proc/{(tmp_path / 'left').read_text()}/stat")
    assert left.exists()

    program.record_exit(status)

    eventually(lambda: not left.exists() or ") Z " in left.read_text())
