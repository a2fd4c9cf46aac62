"""Programs as forks of a process that has loaded the site: they share its memory, and start at once."""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from subprocess import TimeoutExpired

POLL_SECONDS = 0.02


class Fork:
    """A child that was forked, with what the supervisor asks of a ``subprocess.Popen``."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._status: int | None = None

    def poll(self) -> int | None:
        """Return the exit status, that of a signal as a negative number; None while it runs."""
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._status = os.waitstatus_to_exitcode(status)
        return self._status

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit status when it ends. Raises TimeoutExpired after ``timeout`` seconds."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while (status := self.poll()) is None:
            if deadline is not None and time.monotonic() >= deadline:
                raise TimeoutExpired(str(self.pid), timeout or 0.0)
            time.sleep(POLL_SECONDS)
        return status

    def terminate(self) -> None:
        os.kill(self.pid, signal.SIGTERM)


def fork(
    function: Callable[[], object], environment: Mapping[str, str], *, before: Callable[[], None]
) -> Fork:
    """Run ``function`` in a child, in a session of its own; ``before`` is called in it first."""
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return Fork(pid)
    status = 1
    try:
        os.setsid()
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        before()
        os.environ.update(environment)
        status = _run(function)
    finally:
        # Nothing that the parent has registered for its own end happens in the child.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _run(function: Callable[[], object]) -> int:
    try:
        function()
    except SystemExit as ending:
        if isinstance(ending.code, str):
            print(ending.code, file=sys.stderr)
        return ending.code if isinstance(ending.code, int) else int(ending.code is not None)
    except KeyboardInterrupt:
        return 130
    except BaseException:  # as the interpreter does for a program of its own
        traceback.print_exc()
        return 1
    return 0
