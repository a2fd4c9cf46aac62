"""Doing each job of the timetable when its time has come."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import close_old_connections, connections

from home.jobs import Job

logger = logging.getLogger(__name__)

HANDS = 4  # jobs under way at once: a slow mail server holds up nobody else
GLANCE = 0.5  # seconds


class Schedule:
    """Runs jobs side by side, each never beside itself; what fails is logged and comes again."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self.jobs = jobs
        self.due = dict.fromkeys(jobs_by_name(jobs), 0.0)
        self.under_way: dict[str, Future[bool]] = {}

    def run(self, goes_on: Callable[[], bool]) -> None:
        """Work until ``goes_on`` says no; jobs under way are waited for."""
        with ThreadPoolExecutor(HANDS, thread_name_prefix="schedule") as pool:
            while goes_on():
                self._begin_what_is_due(pool)
                time.sleep(GLANCE)

    def _begin_what_is_due(self, pool: ThreadPoolExecutor) -> None:
        now = time.monotonic()
        for name, job in jobs_by_name(self.jobs).items():
            busy = name in self.under_way and not self.under_way[name].done()
            if now >= self.due[name] and not busy:
                self.due[name] = now + job.every
                self.under_way[name] = pool.submit(perform, job)


def jobs_by_name(jobs: Sequence[Job]) -> dict[str, Job]:
    return {job.name: job for job in jobs}


def perform_all(jobs: Sequence[Job]) -> bool:
    """Do every job once, one after another; say whether all went well."""
    outcomes = [perform(job) for job in jobs]
    return all(outcomes)


def perform(job: Job) -> bool:
    """Do the job now; say whether it went well. Never raises."""
    own_connection = not connections["default"].in_atomic_block
    if own_connection:
        close_old_connections()
    try:
        job.deed()()
    except Exception:
        logger.exception("%s failed; it is tried again at its next time", job.name)
        return False
    else:
        return True
    finally:
        if own_connection:
            connections.close_all()
