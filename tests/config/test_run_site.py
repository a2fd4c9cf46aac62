"""One command runs the whole site, keeps it alive and ends it in good order."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.db import connection

from config import run_site, supervisor
from tests.support import databases
from tests.support.paths import ROOT

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


def environment(**more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT}:{ROOT}/site", "PYTHONUTF8": "1", **more}


@contextmanager
def started(*command: str, **variables: str) -> Iterator[subprocess.Popen[str]]:
    child = subprocess.Popen(
        [sys.executable, *command],
        env=environment(**variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    # A test that waits for words which never come shall fail, not wait.
    alarm = threading.Timer(90, child.kill)
    alarm.start()
    try:
        yield child
    finally:
        alarm.cancel()
        child.kill()
        child.wait()
        child.stdout.close()


def eventually(claim: Callable[[], object], seconds: float = 20) -> object:
    """Return what ``claim`` returns as soon as it is true; fail after ``seconds``."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := claim():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"{claim} did not come true in {seconds} s")


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def pids(folder: Path) -> set[int]:
    return {int(path.name) for path in folder.iterdir()}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


only_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


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


@pytest.mark.parametrize("variable", ["PORT", "STAND_IN_PORT"])
def test_a_port_in_use_is_named_with_its_variable(settings, variable):
    settings.PORT, settings.STAND_IN_PORT = free_port(), free_port()
    with socket.create_server(("127.0.0.1", 0)) as busy:
        setattr(settings, variable, busy.getsockname()[1])

        with pytest.raises(
            run_site.StartError, match=rf"already in use. Choose another one with {variable}="
        ):
            run_site.check_ports("127.0.0.1")


@pytest.mark.parametrize(
    ("port", "stand_in_port", "words"),
    [(70_000, 8001, "PORT is 70000"), (8000, 0, "STAND_IN_PORT is 0"), (8000, 8000, "are the same")],
)
def test_a_port_that_cannot_be_is_refused(settings, monkeypatch, port, stand_in_port, words):
    settings.PORT, settings.STAND_IN_PORT = port, stand_in_port
    monkeypatch.setattr(socket.socket, "bind", lambda *_: None)

    with pytest.raises(run_site.StartError, match=words):
        run_site.check_ports("127.0.0.1")


def test_the_demo_listens_on_this_machine_only(monkeypatch):
    monkeypatch.setenv("LISTEN", "0.0.0.0")

    with pytest.raises(run_site.StartError, match="LISTEN"):
        run_site.listen_address()


def test_the_demo_password_stays_until_another_is_given(tmp_path, monkeypatch):
    monkeypatch.delenv("DEMO_ADMIN_PASSWORD", raising=False)
    loaded = tmp_path / "demo_loaded"

    first = run_site.demo_password(tmp_path)
    loaded.touch()
    assert run_site.demo_password(tmp_path) == first
    assert loaded.exists()

    monkeypatch.setenv("DEMO_ADMIN_PASSWORD", "a wren in the hedge")
    assert run_site.demo_password(tmp_path) == "a wren in the hedge"
    assert not loaded.exists()  # so that the accounts get the new one
    assert (tmp_path / "demo_password").stat().st_mode & 0o077 == 0


def test_the_demo_says_where_everything_is(settings):
    settings.PORT, settings.STAND_IN_PORT, settings.EMAIL_FOLDER = 8000, 8001, "/letters"

    words = run_site.announcement({"DEMO_ADMIN_PASSWORD": "a wren in the hedge"})

    assert "http://127.0.0.1:8000/admin/" in words
    assert "http://127.0.0.1:8001/letters/" in words
    assert "moderator@example.org" in words
    assert "a wren in the hedge" in words


def test_a_real_site_says_nothing_of_the_demo(settings):
    settings.DEMO = False

    assert "example.org" not in run_site.announcement({})
    assert "stand-in" not in [program.name for program in run_site.programs("127.0.0.1")]


@only_linux
@pytest.mark.django_db
def test_the_whole_site_starts_answers_and_ends(tmp_path):
    template = databases.FOLDER / f"{databases.digest()}.sqlite3"
    if connection.vendor != "sqlite" or not template.exists():
        pytest.skip("once is enough: this runs with the tests on SQLite")
    shutil.copy(template, tmp_path / "colloquy.sqlite3")
    port, stand_in_port = free_port(), free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {"DEMO": "yes", "PORT": str(port), "STAND_IN_PORT": str(stand_in_port), "WEB_CONCURRENCY": "1"}

    with started("-m", "config.run_site", DATA_DIR=str(tmp_path), **settings) as child:
        output = ""
        while "Press Ctrl-C to stop" not in output:
            line = child.stdout.readline()
            assert line, output
            output += line

        assert url in output
        assert urlopen(f"{url}/healthz", timeout=5).status == 200
        assert urlopen(f"http://127.0.0.1:{stand_in_port}/letters/", timeout=5).status == 200
        eventually(lambda: b'"scheduler": null' not in urlopen(f"{url}/readyz", timeout=5).read(), 30)

        child.terminate()
        assert child.wait(25) == 0
        with pytest.raises(OSError):
            urlopen(f"{url}/healthz", timeout=1)
