"""Running several programs, restarting those that exit, and stopping all together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import FrameType

from config.forks import Fork, fork

QUICK_EXIT = 10.0  # seconds; a program that exits sooner has a fault that a restart doesn't cure
MAX_QUICK_EXITS = 5
SHUTDOWN_TIMEOUT = 20.0  # seconds between SIGTERM and SIGKILL
POLL_SECONDS = 0.2
PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15  # of Linux's prctl


class CrashLoopError(Exception):
    """A program exits again and again as soon as it is started."""


@dataclass
class Program:
    """A command under the name that messages use, and the state of its process.

    Where there is a ``function`` that does the same, it runs in a fork of this process instead.
    """

    name: str
    command: list[str]
    function: Callable[[], object] | None = None
    child: subprocess.Popen[bytes] | Fork | None = None
    started_at: float = 0.0
    quick_exits: int = 0
    restart_at: float = 0.0

    def start(self, environment: Mapping[str, str]) -> None:
        # A session of its own: Ctrl-C reaches the supervisor only, which sends each
        # program one signal. A second one would make the worker drop its task.
        if self.function is not None:
            self.child = fork(self.function, environment, before=partial(_begin, self.name))
        else:
            self.child = subprocess.Popen(
                self.command, env=dict(environment), start_new_session=True, preexec_fn=_exit_with_parent
            )
        self.started_at = time.monotonic()

    def record_exit(self, status: int) -> str:
        """Return a message about an unexpected exit. Raises CrashLoopError after too many quick ones."""
        now = time.monotonic()
        self._kill_rest()
        self.child = None
        self.quick_exits = self.quick_exits + 1 if now - self.started_at < QUICK_EXIT else 0
        if self.quick_exits >= MAX_QUICK_EXITS:
            raise CrashLoopError(
                f"The {self.name} exited {self.quick_exits} times within seconds of its start, "
                f"last with {describe_exit(status)}. Its output is above."
            )
        pause = 1.0 + self.quick_exits
        self.restart_at = now + pause
        return f"The {self.name} exited with {describe_exit(status)}. It restarts in {pause:.0f} s."

    def _kill_rest(self) -> None:
        """End what a program leaves behind, such as a web server's workers, which hold its port."""
        if self.child is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.child.pid, signal.SIGKILL)

    def terminate(self) -> None:
        if self.child and self.child.poll() is None:
            self.child.terminate()

    def wait_or_kill(self, *, deadline: float) -> None:
        """Wait until ``deadline`` on the monotonic clock, then kill the program and all it has started."""
        if self.child is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.child.wait(max(deadline - time.monotonic(), 0.0))
        self._kill_rest()
        self.child.wait()


class Supervisor:
    """Runs programs until SIGTERM or SIGINT, or until one of them is in a crash loop.

    ``is_up`` is called repeatedly after the start; once it returns True,
    ``announce`` is called, once.
    """

    def __init__(
        self,
        programs: list[Program],
        environment: Mapping[str, str],
        *,
        is_up: Callable[[], bool],
        announce: Callable[[], None],
    ) -> None:
        self.programs = programs
        self.environment = environment
        self.is_up = is_up
        self.announce = announce
        self.stopping = False
        self.announced = False

    def run(self) -> int:
        """Return the exit status: 0 after a signal, 1 after a crash loop."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._request_stop)
        try:
            self._supervise()
        except CrashLoopError as error:
            log(str(error))
            return 1
        finally:
            self._stop_all()
        return 0

    def _request_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _supervise(self) -> None:
        while not self.stopping:
            for program in self.programs:
                self._restart_if_exited(program)
            if not self.announced and self.is_up():
                self.announced = True
                self.announce()
            time.sleep(POLL_SECONDS)

    def _restart_if_exited(self, program: Program) -> None:
        if program.child is None:
            if time.monotonic() >= program.restart_at and not self.stopping:
                program.start(self.environment)
            return
        status = program.child.poll()
        if status is not None and not self.stopping:
            log(program.record_exit(status))

    def _stop_all(self) -> None:
        for program in self.programs:
            program.terminate()
        deadline = time.monotonic() + SHUTDOWN_TIMEOUT
        for program in self.programs:
            program.wait_or_kill(deadline=deadline)


def describe_exit(status: int) -> str:
    """Return an exit status in words: "status 3", "SIGKILL"."""
    return f"status {status}" if status >= 0 else signal.Signals(-status).name


def log(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _begin(name: str) -> None:
    """Give a forked program its name, which `ps -o comm` and `top` show."""
    _exit_with_parent()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_NAME, name.encode())


def _exit_with_parent() -> None:
    """Let no program outlive a supervisor that was killed; possible on Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
