"""Run a worker module in a limited child process."""

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
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sandbox import main as child

MAX_OUTPUT = 64 * 1024 * 1024  # bytes
CHUNK_SIZE = 64 * 1024

OUT_OF_TIME = {-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGPROF}
# PDFium aborts when it is given no more memory; the system kills.
OUT_OF_MEMORY = {child.OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGKILL}
PASSED_ENVIRONMENT = ("LD_LIBRARY_PATH",)  # some builds of Python do not start without it

Message = dict[str, Any]


class SandboxError(Exception):
    """The worker did not get through the file; ``messages`` holds what it yielded before."""

    def __init__(self, message: str, messages: Sequence[Message] = ()) -> None:
        super().__init__(message)
        self.messages = list(messages)


class TimeLimitError(SandboxError):
    """The file took more time than it was given."""


class MemoryLimitError(SandboxError):
    """The file took more memory than it was given, or produced too much output."""


class CrashError(SandboxError):
    """The file made the worker fail or crash."""


def run(
    worker: str,
    path: str | os.PathLike[str],
    *,
    seconds: float,
    megabytes: int,
    max_file_bytes: int = 0,
    niceness: int = 10,
    args: Mapping[str, object] | None = None,
) -> list[Message]:
    """Return the dictionaries that ``run(path, **args)`` of the module ``worker`` yields in a child process.

    The child has ``seconds`` of time (wall clock and processor alike), ``megabytes``
    of address space, no environment and no input. It starts no process and
    writes no file longer than ``max_file_bytes``.

    Raises FileNotFoundError for a missing file; TimeLimitError,
    MemoryLimitError or CrashError where the file is to blame; RuntimeError
    where the child itself cannot start.
    """
    options = {
        "seconds": seconds,
        "megabytes": megabytes,
        "max_file_bytes": max_file_bytes,
        "niceness": niceness,
        "args": dict(args or {}),
        "roots": [_root_of("sandbox"), _root_of(worker)],
    }
    deadline = time.monotonic() + seconds
    process = _start(worker, str(Path(path).resolve(strict=True)), json.dumps(options))
    try:
        output, is_too_long = _read_output(process, deadline)
        if not is_too_long:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.0, deadline - time.monotonic()))
        exit_status = process.poll()
    finally:
        _kill(process)
    return _check_exit(_parse_messages(output), exit_status, is_too_long=is_too_long)


def _root_of(module: str) -> str:
    """Return the folder that the child imports ``module`` from: a checkout has two, an installed site one."""
    spec = find_spec(module.partition(".")[0])
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(module)
    return str(Path(spec.origin).resolve().parents[1])


def _start(worker: str, file: str, options: str) -> subprocess.Popen[bytes]:
    python = [sys.executable, "-I", "-B", "-X", "utf8"]  # isolated: the same from any folder
    return subprocess.Popen(
        [*python, child.__file__, worker, file, options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=_environment(),
        start_new_session=True,
    )


def _environment() -> dict[str, str]:
    passed = {name: os.environ[name] for name in PASSED_ENVIRONMENT if name in os.environ}
    # One arena: glibc reserves 64 MB of address space for each further one.
    return {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1", **passed}


def _read_output(process: subprocess.Popen[bytes], deadline: float) -> tuple[bytes, bool]:
    """Return what the child wrote, and whether it wrote more than ``MAX_OUTPUT`` bytes."""
    assert process.stdout is not None
    output = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            if not selector.select(timeout=left):
                break
            chunk = os.read(process.stdout.fileno(), CHUNK_SIZE)
            if not chunk:
                break
            output += chunk
            if len(output) > MAX_OUTPUT:
                return bytes(output), True
    return bytes(output), False


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the child's process group if it still runs."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.stdout is not None:
        process.stdout.close()
    process.wait()


def _parse_messages(output: bytes) -> list[Message]:
    """Return the messages up to the first line that was cut off or is not JSON of ours."""
    messages: list[Message] = []
    for line in output.split(b"\n")[:-1]:
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            break
        if not isinstance(message, dict):
            break
        messages.append(message)
    return messages


def _check_exit(messages: list[Message], exit_status: int | None, *, is_too_long: bool) -> list[Message]:
    reason = messages.pop()["failed"] if messages and "failed" in messages[-1] else ""
    if is_too_long:
        raise MemoryLimitError("The file produces too much output.", messages)
    if exit_status is None or exit_status in OUT_OF_TIME:
        raise TimeLimitError("The file took too long.", messages)
    if exit_status in OUT_OF_MEMORY:
        raise MemoryLimitError("The file took too much memory.", messages)
    if exit_status == child.FAILED:
        raise CrashError(reason, messages)
    if exit_status < 0:
        raise CrashError(f"The worker crashed: {signal.Signals(-exit_status).name}.", messages)
    if exit_status != 0:
        raise RuntimeError(f"The worker could not start (status {exit_status}). {reason}")
    return messages
