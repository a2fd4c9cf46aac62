"""Programs started in a process of their own, and waiting for what they do."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.support.paths import ROOT

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


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
