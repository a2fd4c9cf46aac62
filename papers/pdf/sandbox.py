"""Start a program of this package as a child that cannot take the site with it."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from papers.pdf import sandbox_main

MOST_SAID = 64 * 1024 * 1024
AT_A_TIME = 64 * 1024

OUT_OF_TIME = {-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGPROF}
# PDFium aborts when it is given no more memory; the system kills.
OUT_OF_MEMORY = {sandbox_main.OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGKILL}
KEPT_FROM_THE_ENVIRONMENT = ("LD_LIBRARY_PATH",)  # some builds of Python do not start without it

Answer = dict[str, Any]


class Unreadable(Exception):
    """The child did not get through the file; ``said`` is what it found before."""

    def __init__(self, message: str, said: Sequence[Answer] = ()) -> None:
        super().__init__(message)
        self.said = list(said)


class TooSlow(Unreadable):
    """The file took more time than it was given."""


class TooBig(Unreadable):
    """The file took more memory than it was given, or had more to say."""


class Broken(Unreadable):
    """The file made its reader fail or crash."""


def run(
    program: str,
    path: str | os.PathLike[str],
    *,
    seconds: float,
    megabytes: int,
    may_write: int = 0,
    niceness: int = 10,
    args: Mapping[str, object] | None = None,
) -> list[Answer]:
    """Return what ``answer(path, **args)`` of the module ``program`` yields in a child.

    The child has ``seconds`` of time (clock and processor alike), ``megabytes``
    of address space, no environment, no input, starts no process and leaves no
    file longer than ``may_write`` bytes.

    Raises FileNotFoundError for a missing file; TooSlow, TooBig or Broken where
    the file is to blame; RuntimeError where the child itself cannot start.
    """
    orders = {
        "seconds": seconds,
        "megabytes": megabytes,
        "may_write": may_write,
        "niceness": niceness,
        "args": dict(args or {}),
    }
    ends_at = time.monotonic() + seconds
    process = _start(program, str(Path(path).resolve(strict=True)), json.dumps(orders))
    try:
        heard, cut_short = _listen(process, ends_at)
        if not cut_short:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.0, ends_at - time.monotonic()))
        ended_as = process.poll()
    finally:
        _end(process)
    return _judge(_lines(heard), ended_as, cut_short=cut_short)


def _start(program: str, file: str, orders: str) -> subprocess.Popen[bytes]:
    python = [sys.executable, "-I", "-B", "-X", "utf8"]  # isolated: the same from any folder
    return subprocess.Popen(
        [*python, sandbox_main.__file__, program, file, orders],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=_environment(),
        start_new_session=True,
    )


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT_FROM_THE_ENVIRONMENT if name in os.environ}
    # One arena: glibc reserves 64 MB of address space for each further one.
    return {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1", **kept}


def _listen(process: subprocess.Popen[bytes], ends_at: float) -> tuple[bytes, bool]:
    """Return what the child wrote, and whether it wrote more than ``MOST_SAID``."""
    assert process.stdout is not None
    heard = bytearray()
    with selectors.DefaultSelector() as ear:
        ear.register(process.stdout, selectors.EVENT_READ)
        while (left := ends_at - time.monotonic()) > 0:
            if not ear.select(timeout=left):
                break
            piece = os.read(process.stdout.fileno(), AT_A_TIME)
            if not piece:
                break
            heard += piece
            if len(heard) > MOST_SAID:
                return bytes(heard), True
    return bytes(heard), False


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the child and all it started, if it still runs."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.stdout is not None:
        process.stdout.close()
    process.wait()


def _lines(heard: bytes) -> list[Answer]:
    """Return the whole lines; one that was cut off, or is not ours, ends them."""
    lines: list[Answer] = []
    for written in heard.split(b"\n")[:-1]:
        try:
            line = json.loads(written)
        except (ValueError, RecursionError):
            break
        if not isinstance(line, dict):
            break
        lines.append(line)
    return lines


def _judge(said: list[Answer], ended_as: int | None, *, cut_short: bool) -> list[Answer]:
    why = said.pop()["failed"] if said and "failed" in said[-1] else ""
    if cut_short:
        raise TooBig("The file has more to say than is taken.", said)
    if ended_as is None or ended_as in OUT_OF_TIME:
        raise TooSlow("The file took too long.", said)
    if ended_as in OUT_OF_MEMORY:
        raise TooBig("The file took too much memory.", said)
    if ended_as == sandbox_main.FAILED:
        raise Broken(why, said)
    if ended_as < 0:
        raise Broken(f"The reader crashed: {signal.Signals(-ended_as).name}.", said)
    if ended_as != 0:
        raise RuntimeError(f"The reader of PDFs could not start (status {ended_as}). {why}")
    return said
