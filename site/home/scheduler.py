"""Running each scheduled job when it is due."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import close_old_connections, connections

from home.jobs import Job

logger = logging.getLogger(__name__)

MAX_WORKERS = 4  # jobs that run at the same time: a slow mail server delays no other job
POLL_SECONDS = 0.5


class Scheduler:
    """Runs jobs in parallel, but no job twice at once. A job that fails is logged and runs again later."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self.jobs = jobs
        self.due = dict.fromkeys(jobs_by_name(jobs), 0.0)
        self.running: dict[str, Future[bool]] = {}

    def run(self, should_continue: Callable[[], bool]) -> None:
        """Run until ``should_continue`` returns False, then wait for the jobs that are running."""
        with ThreadPoolExecutor(MAX_WORKERS, thread_name_prefix="schedule") as pool:
            while should_continue():
                self._start_due_jobs(pool)
                time.sleep(POLL_SECONDS)

    def _start_due_jobs(self, pool: ThreadPoolExecutor) -> None:
        now = time.monotonic()
        for name, job in jobs_by_name(self.jobs).items():
            is_running = name in self.running and not self.running[name].done()
            if now >= self.due[name] and not is_running:
                self.due[name] = now + job.every
                self.running[name] = pool.submit(run_job, job)


def jobs_by_name(jobs: Sequence[Job]) -> dict[str, Job]:
    return {job.name: job for job in jobs}


def run_all(jobs: Sequence[Job]) -> bool:
    """Run every job once, one after another; return whether all succeeded."""
    results = [run_job(job) for job in jobs]
    return all(results)


def run_job(job: Job) -> bool:
    """Run the job now; return whether it succeeded. Never raises."""
    own_connection = not connections["default"].in_atomic_block
    if own_connection:
        close_old_connections()
    try:
        job.function()()
    except Exception:
        logger.exception("%s failed; it runs again when it is next due", job.name)
        return False
    else:
        return True
    finally:
        if own_connection:
            connections.close_all()
