"""A process shows that it is alive, and stops showing it at once when it ends."""

from __future__ import annotations

import threading
import time

from home import heartbeats


def test_a_heart_beats_from_a_thread_of_its_own_and_stops_at_once():
    with heartbeats.beating("worker:mine", heartbeats.WORKER):
        deadline = time.monotonic() + 5
        while not heartbeats.alive(["worker:mine"]) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert heartbeats.alive(["worker:mine", "worker:other"]) == {"worker:mine"}

    assert not heartbeats.alive(["worker:mine"])
    assert "heartbeat" not in {thread.name for thread in threading.enumerate()}
