"""Keeping several programs alive, and ending them together."""

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
from types import FrameType

QUICK = 10.0  # seconds; what ends sooner has a fault that another start doesn't mend
MOST_QUICK_ENDS = 5
PATIENCE = 20.0  # seconds between asking a program to end and ending it
GLANCE = 0.2  # seconds between two looks at the programs
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, Linux


class Hopeless(Exception):
    """A program ends again and again as soon as it is started."""


@dataclass
class Program:
    """A command under the name people know it by; its own state besides."""

    name: str
    command: list[str]
    child: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    quick_ends: int = 0
    rests_until: float = 0.0

    def start(self, environment: Mapping[str, str]) -> None:
        # A session of its own: Ctrl-C reaches the supervisor alone, which asks
        # everyone once. A second signal would make the worker drop its task.
        self.child = subprocess.Popen(
            self.command, env=dict(environment), start_new_session=True, preexec_fn=_die_with_parent
        )
        self.began = time.monotonic()

    def note_end(self, status: int) -> str:
        """Return what to tell about an end nobody asked for; raise Hopeless when it was one too many."""
        now = time.monotonic()
        self.child = None
        self.quick_ends = self.quick_ends + 1 if now - self.began < QUICK else 0
        if self.quick_ends >= MOST_QUICK_ENDS:
            raise Hopeless(
                f"The {self.name} ended {self.quick_ends} times within seconds of its start, "
                f"last with {ending(status)}. What it said stands above."
            )
        pause = 1.0 + self.quick_ends
        self.rests_until = now + pause
        return f"The {self.name} ended with {ending(status)}; it starts again in {pause:.0f} s."

    def ask_to_end(self) -> None:
        if self.child and self.child.poll() is None:
            self.child.terminate()

    def end(self, *, by: float) -> None:
        """Wait until ``by`` on the monotonic clock, then end the program and all it has started."""
        if self.child is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.child.wait(max(by - time.monotonic(), 0.0))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.child.pid, signal.SIGKILL)
        self.child.wait()


class Supervisor:
    """Runs programs until a SIGTERM or SIGINT, or until one of them is hopeless.

    ``is_up`` is asked now and then after the start; once it says yes,
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
        """Return the exit status: 0 after a signal, 1 when a program was hopeless."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        try:
            self._watch()
        except Hopeless as fault:
            tell(str(fault))
            return 1
        finally:
            self._end_all()
        return 0

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _watch(self) -> None:
        while not self.stopping:
            for program in self.programs:
                self._look_after(program)
            if not self.announced and self.is_up():
                self.announced = True
                self.announce()
            time.sleep(GLANCE)

    def _look_after(self, program: Program) -> None:
        if program.child is None:
            if time.monotonic() >= program.rests_until and not self.stopping:
                program.start(self.environment)
            return
        status = program.child.poll()
        if status is not None and not self.stopping:
            tell(program.note_end(status))

    def _end_all(self) -> None:
        for program in self.programs:
            program.ask_to_end()
        by = time.monotonic() + PATIENCE
        for program in self.programs:
            program.end(by=by)


def ending(status: int) -> str:
    """Return how a process ended, in words."""
    return f"status {status}" if status >= 0 else signal.Signals(-status).name


def tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _die_with_parent() -> None:
    """Let no program outlive a supervisor that was killed; only Linux knows how."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)
