"""Breaking the code on purpose, to see whether its tests notice: ``make mutants ROOM=pagecache``.

Starting Django for each mutant would take seconds, so one pytest session imports the site and the
tests, runs them once to learn which test reaches which line, and then forks for every mutant. The
child puts the mutated code into the functions that exist already and runs only the tests that reach
them, likely and quick ones first. What is not inside a function is therefore not mutated.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import resource
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any, NamedTuple

import pytest

from tests.support.mutations import Key, Mutant, mutants_of
from tests.support.paths import ROOT

ROOMS = {
    "pagecache": ("site/pagecache", "tests/pagecache"),
    "mail": ("site/mail", "tests/mail"),
    "public_forms": ("site/public_forms", "tests/public_forms"),
    "downloads": ("papers/downloads", "tests/papers/downloads"),
    "editions": ("papers/editions", "tests/papers/editions"),
    "models": ("site/discussion/models", "tests/discussion/models"),
    "threads": ("site/discussion/threads", "tests/discussion/threads"),
}
# Not mutated: what only words, wires and describes.
SKIPPED = {"__init__.py", "apps.py", "urls.py", "wagtail_hooks.py", "admin.py"}
PYTEST = ["-q", "-p", "no:randomly", "--no-header", "--tb=native", "-m", "not soak and not browser"]

SURVIVED, KILLED, BROKEN = 0, 1, 99
AUDITED = 10  # mutants whose tests are run without them first
# Seconds of tests, measured while they are traced, that one mutant is worth; the first is always run.
# Who is noticed only by what takes longer counts as a survivor: that test is no unit test.
BUDGET = 6.0
MEMORY = 2 * 1024**3  # that a child may take beyond what it was born with
ENDLESS = (-signal.SIGXCPU, -signal.SIGALRM)


class Reached(NamedTuple):
    """What one test reached in the room, and how many seconds of work it took."""

    functions: set[tuple[str, Key]]
    lines: set[tuple[str, int]]
    seconds: float


class Tracer:
    """Notes which functions and lines of ``paths`` run; of all other code, nothing."""

    def __init__(self, paths: list[Path]) -> None:
        self.paths = {str(path) for path in paths}
        self.functions: set[tuple[str, Key]] = set()
        self.lines: set[tuple[str, int]] = set()

    def __call__(self, frame: FrameType, event: str, arg: Any) -> Any:
        code = frame.f_code
        if code.co_filename not in self.paths:
            return None
        self.functions.add((code.co_filename, (code.co_qualname, code.co_firstlineno)))
        return self._note_line

    def _note_line(self, frame: FrameType, event: str, arg: Any) -> Any:
        self.lines.add((frame.f_code.co_filename, frame.f_lineno))
        return self._note_line

    @contextmanager
    def running(self) -> Iterator[None]:
        threading.settrace(self)
        sys.settrace(self)
        try:
            yield
        finally:
            sys.settrace(None)
            threading.settrace(None)  # type: ignore[arg-type]


class Runner:
    """The loop of a pytest session that runs its tests once as they are, then for every mutant."""

    def __init__(self, paths: list[Path], *, share: float, most: int) -> None:
        self.paths, self.share, self.most = paths, share, most
        self.plugins: Any = None
        self.reached: dict[pytest.Item, Reached] = {}
        self.has_failed = False
        self.killed: list[Mutant] = []
        self.endless: list[Mutant] = []
        self.survivors: list[Mutant] = []

    def pytest_configure(self, config: pytest.Config) -> None:
        self.plugins = config.pluginmanager

    def say(self, text: str) -> None:
        with self.plugins.getplugin("capturemanager").global_and_fixture_disabled():
            print(text, flush=True)

    def silence(self) -> None:
        self.plugins.unregister(name="terminalreporter")
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1), os.dup2(quiet, 2)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.has_failed = self.has_failed or report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise session.Interrupted("The tests cannot be collected.")
        for item, following in in_turn(session.items):
            self._learn(item, following)
            if self.has_failed:
                raise session.Interrupted(f"A test fails without any mutant: {item.nodeid}")
        functions = live_functions(self.paths)
        mutants = [mutant for path in self.paths for mutant in mutants_of(path, functions[path])]
        week = int(time.time() // (7 * 24 * 60 * 60))
        number = min(self.most, round(len(mutants) * self.share))
        chosen = random.Random(week).sample(mutants, number)
        # Tests that fail in a child anyway, or in another order, would look like tests that notice.
        for mutant in chosen[:AUDITED]:
            if self._try(self._tests_for(mutant), functions, None) != SURVIVED:
                raise session.Interrupted(f"The tests for this fail without it: {mutant}")
        gc.freeze()  # children then copy fewer pages
        self.say(f"\n{len(chosen)} mutants of {len(mutants)}")
        for mutant in sorted(chosen, key=lambda one: (one.path, one.line)):
            self._judge(mutant, functions)
        return True

    def _learn(self, item: pytest.Item, following: pytest.Item) -> None:
        tracer, began = Tracer(self.paths), time.process_time()
        with tracer.running():
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        self.reached[item] = Reached(tracer.functions, tracer.lines, time.process_time() - began)

    def _judge(self, mutant: Mutant, functions: dict[Path, list[FunctionType]]) -> None:
        status = self._try(self._tests_for(mutant), functions, mutant)
        if status == SURVIVED:
            self.survivors.append(mutant)
            self.say(f"survived: {mutant}")
        else:
            self.killed.append(mutant)
        if status in ENDLESS:
            self.endless.append(mutant)
            self.say(f"endless: {mutant}")

    def _tests_for(self, mutant: Mutant) -> list[pytest.Item]:
        """Return the tests that reach what the mutant changes: the module's own first, then quick ones."""
        name = str(mutant.path)
        places = {(name, key) for key in mutant.changed}
        reaching = [item for item, reached in self.reached.items() if places & reached.functions]
        own, line = f"test_{mutant.path.name}", (name, mutant.line)
        reaching.sort(
            key=lambda item: (
                line not in self.reached[item].lines,
                item.path.name != own,
                self.reached[item].seconds,
            )
        )
        return self._affordable(reaching)

    def _affordable(self, items: list[pytest.Item]) -> list[pytest.Item]:
        spent = accumulate(self.reached[item].seconds for item in items)
        return items[:1] + [
            item for item, sum_ in zip(items[1:], [*spent][1:], strict=True) if sum_ <= BUDGET
        ]

    def _try(
        self,
        items: list[pytest.Item],
        functions: dict[Path, list[FunctionType]],
        mutant: Mutant | None,
    ) -> int:
        """Run ``items`` in a child that is the mutant, or the code as it is; return its exit status."""
        if not items:
            return SURVIVED
        seconds = 10 + 4 * sum(self.reached[item].seconds for item in items)
        with fresh_database():
            child = os.fork()
            if child == 0:
                status = BROKEN
                try:
                    self.silence()
                    limit(seconds)
                    if mutant is not None:
                        become(mutant, functions[mutant.path])
                    status = self._first_failure(items)
                finally:
                    os._exit(status)
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status not in (SURVIVED, KILLED, *ENDLESS):
            raise RuntimeError(f"No result ({status}) for {mutant}")
        return status

    def _first_failure(self, items: list[pytest.Item]) -> int:
        for item, following in in_turn(items):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.has_failed:
                return KILLED
        return SURVIVED


def in_turn(items: list[pytest.Item]) -> Iterator[tuple[pytest.Item, Any]]:
    """Yield each test with the next one; the last with the session, whose fixtures are still needed."""
    yield from zip(items, [*items[1:], items[0].session], strict=True)


def live_functions(paths: list[Path]) -> dict[Path, list[FunctionType]]:
    """Return the functions of this process by the module that they come from."""
    found: dict[Path, list[FunctionType]] = {path: [] for path in paths}
    names = {str(path): path for path in paths}
    for function in gc.get_objects():
        # Not isinstance(), which wakes lazy objects.
        if type(function) is FunctionType and function.__code__.co_filename in names:
            found[names[function.__code__.co_filename]].append(function)
    return found


def become(mutant: Mutant, functions: list[FunctionType]) -> None:
    """Put the mutant's code into the functions of this process."""
    for function in functions:
        code: CodeType = function.__code__
        function.__code__ = mutant.changed.get((code.co_qualname, code.co_firstlineno), code)


def limit(seconds: float) -> None:
    """End this process by itself when it works too long, waits much too long or grows too much."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if (sizes := Path("/proc/self/statm")).exists():  # on Linux
        size = int(sizes.read_text("utf-8").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, size + MEMORY))
    # A child that waits needs no time of the processor; a busy machine must not look like one.
    signal.alarm(10 * int(seconds))


@contextmanager
def fresh_database() -> Iterator[None]:
    """Give the next child a database in which no earlier one has left anything."""
    from django.db import connections

    from tests.support import databases

    connections.close_all()
    end = databases.copy_for("mutant")
    connections.close_all()
    try:
        yield
    finally:
        end()
        for left in Path(os.environ["DATA_DIR"]).glob("mutant.sqlite3*"):
            left.unlink()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("room", choices=ROOMS)
    parser.add_argument("--share", type=float, default=1, help="of the mutants, chosen anew every week")
    parser.add_argument("--most", type=int, default=100_000, help="mutants, chosen in the same way")
    parser.add_argument("--module", default="*.py", help="only the mutants of this file")
    options = parser.parse_args()
    folder, tests = ROOMS[options.room]

    paths = [path for path in sorted((ROOT / folder).glob(options.module)) if path.name not in SKIPPED]
    runner = Runner(paths, share=options.share, most=options.most)
    if pytest.main([*PYTEST, tests], plugins=[runner]) != pytest.ExitCode.OK:
        return 2
    killed = len(runner.killed)
    tried = killed + len(runner.survivors)
    print(
        f"{options.room}: {killed} of {tried} killed, {100 * killed // max(1, tried)} % "
        f"({len(runner.endless)} by the time limit)"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
