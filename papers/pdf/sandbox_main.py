"""Run one program inside limits.

``child.run`` starts this file by its path; everything above ``main`` must
stay within the standard library, for the limits are not yet in force.

    launch.py papers.pdf.examine PATH '{"seconds": 5, "megabytes": 512, …, "args": {}}'

The program is a module with ``answer(path, **args)``, which yields
dictionaries. Each leaves as one line of JSON, at once, so that what was found
before a crash is not lost.
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
from pathlib import Path
from typing import BinaryIO

FAILED, OUT_OF_MEMORY, UNABLE = 70, 71, 72

OPEN_FILES = 64

UNSUPPORTED = (ValueError,) if sys.platform == "darwin" else ()  # macOS bounds no address space


def limit(seconds: float, megabytes: int, may_write: int, niceness: int) -> None:
    """Bind this process; ``may_write`` is the longest file it may leave, in bytes."""
    processor = math.ceil(seconds)
    memory = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (may_write, may_write))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor + 1))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    with suppress(*UNSUPPORTED):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    os.nice(niceness)


def die_by_the_clock(seconds: float) -> None:
    """Let the alarms kill, whatever the parent did with them, and outlive no parent for long."""
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    for alarm in (signal.SIGALRM, signal.SIGPROF, signal.SIGXCPU):
        signal.signal(alarm, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds + 1)


def way_out() -> BinaryIO:
    """Return the pipe to the parent, out of reach of a library that prints."""
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return pipe


def say(pipe: BinaryIO, line: object) -> None:
    pipe.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    pipe.flush()


def main(program: str, path: str, orders: str) -> int:
    pipe = way_out()
    order = json.loads(orders)
    try:
        die_by_the_clock(order["seconds"])
        limit(order["seconds"], order["megabytes"], order["may_write"], order["niceness"])
        sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
        answer = import_module(program).answer
    except Exception as error:  # the parent must hear of any
        say(pipe, {"failed": f"{type(error).__name__}: {error}"})
        return UNABLE
    try:
        for line in answer(path, **order["args"]):
            say(pipe, line)
    except MemoryError:
        return OUT_OF_MEMORY
    except (ImportError, OSError) as error:  # a library is missing, a disk is full: no fault of the file
        say(pipe, {"failed": f"{type(error).__name__}: {error}"})
        return UNABLE
    except Exception as error:  # a hostile file may raise anything
        say(pipe, {"failed": f"{type(error).__name__}: {error}"[:500]})
        return FAILED
    return 0


if __name__ == "__main__":
    code = main(*sys.argv[1:])
    os._exit(code)  # no destructors: they walk the hostile file once more
