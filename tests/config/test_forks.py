"""Children that are forked: their status, their signals, and what they share with their parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from config.forks import fork

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the site forks on Linux only")


def run(function, **environment):
    return fork(function, environment, before=lambda: None)


@pytest.mark.parametrize(
    ("function", "status"),
    [
        (lambda: None, 0), (lambda: sys.exit(3), 3), (sys.exit, 0), (lambda: sys.exit("gone"), 1),
        (lambda: 1 / 0, 1), (lambda: os.kill(os.getpid(), signal.SIGKILL), -signal.SIGKILL),
    ],
)  # fmt: skip
def test_the_status_is_that_of_a_program_of_its_own(function, status):
    child = run(function)

    assert child.wait(timeout=20) == child.poll() == status


def test_a_child_that_is_told_to_ends_though_its_parent_takes_the_signal(monkeypatch):
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        child = run(lambda: time.sleep(60))
        assert child.poll() is None
        time.sleep(0.2)
        child.terminate()
        assert child.wait(timeout=20) == -signal.SIGTERM
    finally:
        signal.signal(signal.SIGTERM, before)


def test_who_waits_for_longer_than_asked_is_told():
    child = run(lambda: time.sleep(60))

    with pytest.raises(subprocess.TimeoutExpired):
        child.wait(timeout=0.05)

    os.kill(child.pid, signal.SIGKILL)
    child.wait(timeout=20)


def test_a_child_has_its_environment_and_a_session_of_its_own(tmp_path):
    def tell():
        (tmp_path / "told").write_text(f"{os.environ['COLOUR']} {os.getsid(0) == os.getpid()}")

    run(tell, COLOUR="green").wait(timeout=20)

    assert (tmp_path / "told").read_text() == "green True"
    assert "COLOUR" not in os.environ
