"""A worker for ``sandbox.run`` that misbehaves on demand."""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

MEGABYTE = 1024 * 1024


def run(path: str, *, action: str = "wear_out", **options: object) -> Iterator[dict]:
    yield {"begun": True, "page_count": 6}
    yield from globals()[action](path, **options)


def wear_out(path: str, *, first: int, max_pages: int, **options: object) -> Iterator[dict]:
    """Read pages, but never page 0 nor page 4, and no more than two in one life."""
    for number in range(first, min(first + 2, max_pages + 1)):
        if number in (0, 4):
            os.abort()
        yield {"step": number, "text": f"page {number}"}
    if number < max_pages:
        os.abort()


def nothing(path: str) -> Iterator[dict]:
    yield {"read": Path(path).read_text()}


def sleep(path: str) -> Iterator[dict]:
    time.sleep(60)
    yield {}


def use_up_its_step(path: str) -> Iterator[dict]:
    signal.setitimer(signal.ITIMER_PROF, 0.05)
    while True:
        pass
    yield {}


def start_another(path: str) -> Iterator[dict]:
    """Leave a process behind, if it may, and stay."""
    try:
        heir = os.fork()
    except BlockingIOError:
        heir = None
    if heir == 0:
        time.sleep(60)
        os._exit(0)
    yield {"heir": heir}
    time.sleep(60)


def eat_memory(path: str) -> Iterator[dict]:
    eaten = []
    while True:
        eaten.append(bytearray(16 * MEGABYTE))
    yield {}


def never_stop_talking(path: str) -> Iterator[dict]:
    while True:
        yield {"words": "x" * MEGABYTE}


def crash(path: str) -> Iterator[dict]:
    yield {"page": 1}
    os.kill(os.getpid(), signal.SIGSEGV)
    yield {"page": 2}


def abort(path: str) -> Iterator[dict]:
    os.abort()
    yield {}


def fail(path: str) -> Iterator[dict]:
    yield {"page": 1}
    raise KeyError("Kids")


def miss_a_library(path: str) -> Iterator[dict]:
    import no_such_library  # noqa: F401

    yield {}


def print_noise(path: str) -> Iterator[dict]:
    os.write(1, b"warning: object 7 0 is odd\n")
    print("so it is", flush=True)
    yield {"read": True}


def write_a_lot(path: str) -> Iterator[dict]:
    with open(f"{path}.out", "wb", buffering=0) as file:
        try:
            while file.write(bytes(1000)) == 1000:
                pass
        except OSError:
            pass
    yield {"written": os.path.getsize(f"{path}.out")}


def look_around(path: str) -> Iterator[dict]:
    yield {
        "environment": sorted(os.environ),
        "folder": os.getcwd(),
        "input": sys.stdin.read(),
        "leads_its_session": os.getsid(0) == os.getpid(),
        "niceness": os.nice(0),
        "core": resource.getrlimit(resource.RLIMIT_CORE),
        "processor": resource.getrlimit(resource.RLIMIT_CPU),
        "files": resource.getrlimit(resource.RLIMIT_NOFILE),
        "processes": resource.getrlimit(resource.RLIMIT_NPROC),
        "open_files": sorted(int(name) for name in os.listdir("/proc/self/fd"))[:-1],
        "django": "django" in sys.modules,
    }
