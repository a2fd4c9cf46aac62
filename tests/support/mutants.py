"""Breaking the code on purpose, to see whether its tests notice: ``make mutants ROOM=pagecache``.

Cosmic Ray makes the mutants. Starting Django for each of them would take seconds, so this process
imports the site and the tests once and forks for every mutant; the child puts the mutated code into
the functions that exist already. What is not inside a function is therefore not mutated.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType
from typing import NamedTuple

import pytest

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
# These want to be told variables, or change what is no function's code.
UNUSED = {"core/VariableInserter", "core/VariableReplacer", "core/RemoveDecorator"}
PYTEST = ["-q", "-x", "-p", "no:randomly", "--no-header", "-m", "not soak and not browser"]

NOT_MUTATED = 99  # exit status of a child that could not become its mutant


class Mutant(NamedTuple):
    path: Path
    line: int
    operator: str
    source: str

    def __str__(self) -> str:
        original = self.path.read_text("utf-8").splitlines()
        changed = next(
            (new for old, new in zip(original, self.source.splitlines(), strict=False) if old != new), ""
        )
        return f"{self.path.relative_to(ROOT)}:{self.line} {self.operator}: {changed.strip()}"


def functions_in(code: CodeType) -> Iterator[tuple[tuple[str, int], CodeType]]:
    """Yield the code of every function in a module, by its name and first line."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield (inner.co_qualname, inner.co_firstlineno), inner
            yield from functions_in(inner)


def mutants_of(path: Path) -> Iterator[Mutant]:
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator, operator_names

    source = path.read_text("utf-8")
    original = dict(functions_in(compile(source, path, "exec")))
    for name in sorted(set(operator_names()) - UNUSED):
        for occurrence in range(10_000):
            mutated = mutate_code(source, get_operator(name)(), occurrence)
            if mutated is None:
                break
            try:
                changed = dict(functions_in(compile(mutated, path, "exec")))
            except SyntaxError:
                continue
            lines = [key[1] for key, code in changed.items() if original.get(key) != code]
            if lines and changed.keys() == original.keys():
                first = next(
                    n
                    for n, (old, new) in enumerate(
                        zip(source.splitlines(), mutated.splitlines(), strict=False), 1
                    )
                    if old != new
                )
                yield Mutant(path, first, name.removeprefix("core/"), mutated)


def is_from(file_name: str, path: Path) -> bool:
    return file_name.endswith(path.name) and Path(file_name).resolve() == path.resolve()


def become(mutant: Mutant) -> bool:
    """Put the mutant's code into the functions of this process; return whether there were any."""
    replaced = 0
    changed = dict(functions_in(compile(mutant.source, mutant.path, "exec")))
    for function in gc.get_objects():
        # Not isinstance(), which wakes lazy objects.
        if type(function) is FunctionType and is_from(function.__code__.co_filename, mutant.path):
            key = (function.__code__.co_qualname, function.__code__.co_firstlineno)
            if key in changed:
                function.__code__ = changed[key]
                replaced += 1
    return replaced > 0


def survives(mutant: Mutant | None, tests: str, seconds: float) -> bool:
    """Run the tests in a child that is the mutant, or the code as it is; too long a run counts as failed."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        signal.alarm(int(seconds) + 1)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1), os.dup2(quiet, 2)
        status = NOT_MUTATED
        try:
            if mutant is None or become(mutant):
                status = int(pytest.main([*PYTEST, tests]))
        finally:
            os._exit(status)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status not in (0, 1, -signal.SIGALRM):
        raise RuntimeError(f"No result ({status}) for {mutant}")
    return status == 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("room", choices=ROOMS)
    parser.add_argument("--share", type=float, default=1, help="of the mutants, chosen anew every week")
    options = parser.parse_args()
    folder, tests = ROOMS[options.room]

    began = time.monotonic()
    if pytest.main([*PYTEST, tests]) != 0:
        print("The tests fail without any mutant.")
        return 2
    seconds = 10 + 4 * (time.monotonic() - began)

    # Without this, whatever makes every child fail would look like tests that notice everything.
    if not survives(None, tests, seconds):
        print("The tests fail in a child without any mutant, so no figure would mean anything.")
        return 2

    paths = [path for path in sorted((ROOT / folder).glob("*.py")) if path.name not in SKIPPED]
    mutants = [mutant for path in paths for mutant in mutants_of(path)]
    week = int(time.time() // (7 * 24 * 60 * 60))
    chosen = random.Random(week).sample(mutants, round(len(mutants) * options.share))
    survivors = []
    for mutant in chosen:
        if survives(mutant, tests, seconds):
            survivors.append(mutant)
            print(f"survived: {mutant}", flush=True)
    killed = len(chosen) - len(survivors)
    print(f"{options.room}: {killed} of {len(chosen)} killed, {100 * killed // max(1, len(chosen))} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
