"""What is searched for in a generated library, in groups that cost differently, and what each group takes."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

from django.db import connection
from django.test import Client

from bench.words import words

TIMES = 40  # searches of one group


def searches() -> dict[str, list[str]]:
    """Return the addresses of each group, none twice."""
    dice = random.Random(538)
    broad, usual, rare = words[:20], words[20:500], words[500:8_000]

    def some(*ranks: list[str]) -> str:
        return " ".join(dice.choice(rank) for rank in ranks)

    makers: dict[str, Callable[[int], dict[str, object]]] = {
        "a rare word": lambda _: {"q": some(rare)},
        "two usual words": lambda _: {"q": some(usual, usual)},
        "a broad and a rare word": lambda _: {"q": some(broad, rare)},
        "a broad and a usual word": lambda _: {"q": some(broad, usual)},
        "a broad word": lambda n: {"q": broad[n % 20], "page": n // 20 + 1},
        "two broad words": lambda n: {"q": " ".join(dice.sample(broad, 2)), "page": n + 1},
        "four broad words": lambda _: {"q": " ".join(dice.sample(broad, 4))},
        "two broad words as a phrase": lambda _: {"q": f'"{" ".join(dice.sample(broad, 2))}"'},
        "two broad words, filtered": lambda n: (
            {"q": " ".join(dice.sample(broad, 2))} | FILTERS[n % len(FILTERS)]
        ),
        "a list, filtered": lambda n: {"page": n + 1} | FILTERS[n % len(FILTERS)],
        "a misspelled word": lambda _: {"q": f"{some(rare)}x"},
    }
    return {
        name: [f"/search/?{urlencode(make(number))}" for number in range(TIMES)]
        for name, make in makers.items()
    }


FILTERS: list[dict[str, object]] = [
    {"kind": "comment"},
    {"kind": "sheet"},
    {"topic": "topic-3"},
    {"author": "author-7", "kind": "sheet"},
    {"year": 2019, "topic": "topic-1"},
    {"series": "Series 2"},
    {"audience": "families"},
]


def measured() -> Iterator[dict[str, object]]:
    """Answer every search in this process; yield the times of each group."""
    client = Client(SERVER_NAME="127.0.0.1")
    groups = searches()
    for paths in groups.values():  # caches of a process that runs
        client.get(paths[-1])
    gc.collect()
    gc.freeze()  # as config.wsgi does
    everything: list[tuple[float, float]] = []
    for name, paths in groups.items():
        times = [timed(client, path) for path in paths]
        everything += times
        yield {"what": f"search for {name}"} | percentiles(times)
    yield {"what": "search, all of these"} | percentiles(everything)


def timed(client: Client, path: str) -> tuple[float, float]:
    spent, started = time.process_time() + database_seconds(), time.perf_counter()
    response = client.get(path)
    ended = time.perf_counter()
    assert response.status_code == 200, path
    return ended - started, time.process_time() + database_seconds() - spent


def percentiles(times: list[tuple[float, float]]) -> dict[str, object]:
    figures: dict[str, object] = {}
    for name, values in zip(("", "cpu_"), zip(*times, strict=True), strict=True):
        ordered = sorted(values)
        for part in (50, 95):
            figures[f"{name}p{part}_ms"] = round(ordered[len(ordered) * part // 100] * 1000, 1)
    return figures


def database_seconds() -> float:
    """Return the processor time of PostgreSQL's process for this connection; 0 where that can't be seen."""
    if connection.vendor != "postgresql":
        return 0
    if connection.connection is None:
        connection.connect()
    statistics = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    try:
        return int(statistics.read_text().split()[0]) / 1e9
    except OSError:
        return 0
