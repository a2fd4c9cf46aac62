"""Run one worker module inside limits.

``process.run`` starts this file by its path; everything above ``main`` must
stay within the standard library, because the limits are not yet in force.

    main.py papers.pdf.preflight PATH '{"seconds": 5, "megabytes": 512, …, "roots": [], "args": {}}'

The worker is a module with ``run(path, **args)``, which yields
dictionaries. Each is written as one line of JSON at once, so that what was
found before a crash is not lost.
"""

from __future__ import annotations

import json
import math
import os
import resource
import signal
import sys
from contextlib import suppress
from importlib import import_module
from typing import BinaryIO

FAILED, OUT_OF_MEMORY, UNABLE_TO_START = 70, 71, 72

OPEN_FILES = 64

UNSUPPORTED = (ValueError,) if sys.platform == "darwin" else ()  # macOS bounds no address space


def set_limits(seconds: float, megabytes: int, max_file_bytes: int, niceness: int) -> None:
    """Limit this process; ``max_file_bytes`` is the longest file it may write."""
    processor = math.ceil(seconds)
    memory = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (max_file_bytes, max_file_bytes))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor + 1))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    with suppress(*UNSUPPORTED):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    os.nice(niceness)


def set_alarm(seconds: float) -> None:
    """Let alarms kill this process, whatever the parent did with them, soon after ``seconds``."""
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    for alarm in (signal.SIGALRM, signal.SIGPROF, signal.SIGXCPU):
        signal.signal(alarm, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds + 1)


def redirect_stdout() -> BinaryIO:
    """Return the pipe to the parent, and send what libraries print to standard error instead."""
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return pipe


def emit(pipe: BinaryIO, message: object) -> None:
    pipe.write(json.dumps(message, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    pipe.flush()


def main(worker: str, path: str, options_json: str) -> int:
    pipe = redirect_stdout()
    options = json.loads(options_json)
    try:
        set_alarm(options["seconds"])
        set_limits(**{name: options[name] for name in ("seconds", "megabytes", "max_file_bytes", "niceness")})
        sys.path[:0] = options["roots"]
        run = import_module(worker).run
    except Exception as error:  # the parent must hear of any
        emit(pipe, {"failed": f"{type(error).__name__}: {error}"})
        return UNABLE_TO_START
    try:
        for message in run(path, **options["args"]):
            emit(pipe, message)
    except MemoryError:
        return OUT_OF_MEMORY
    except (ImportError, OSError) as error:  # a library is missing, a disk is full: no fault of the file
        emit(pipe, {"failed": f"{type(error).__name__}: {error}"})
        return UNABLE_TO_START
    except Exception as error:  # a hostile file may raise anything
        emit(pipe, {"failed": f"{type(error).__name__}: {error}"[:500]})
        return FAILED
    return 0


if __name__ == "__main__":
    code = main(*sys.argv[1:])
    os._exit(code)  # no destructors: they walk the hostile file once more
