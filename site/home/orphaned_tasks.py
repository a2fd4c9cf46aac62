"""Tasks whose worker ended before they did.

django-tasks-db leaves them running for ever; here they go back into the queue.
"""

from __future__ import annotations

import logging

from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from home import heartbeats

logger = logging.getLogger(__name__)

MOST_WORKERS = 3  # a task that outlived none of so many ends them, probably


def heartbeat_of(worker_id: str) -> str:
    return f"{heartbeats.WORKER}:{worker_id}"


def requeue() -> int:
    """Put the tasks of workers that are gone back into the queue; return how many.

    Does nothing while no worker lives at all: there is nobody to run them, and
    should the cache not be shared, every worker would look dead.
    """
    if heartbeats.WORKER not in heartbeats.living([heartbeats.WORKER]):
        return 0
    running = list(DBTaskResult.objects.running())
    living = heartbeats.living({heartbeat_of(task.worker_ids[-1]) for task in running})
    left = [task for task in running if heartbeat_of(task.worker_ids[-1]) not in living]
    return sum(_give_back(task) for task in left)


def _give_back(task: DBTaskResult) -> int:
    as_seen = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
    if len(task.worker_ids) < MOST_WORKERS:
        logger.warning("Task %s (%s) lost its worker and is queued again", task.pk, task.task_path)
        return as_seen.update(status=TaskResultStatus.READY, started_at=None)
    logger.error("Task %s (%s) ended %s workers and is given up", task.pk, task.task_path, MOST_WORKERS)
    as_seen.update(
        status=TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        exception_class_path="builtins.SystemError",
        traceback=f"Given up: {MOST_WORKERS} workers ended while they ran this task.",
    )
    return 0
