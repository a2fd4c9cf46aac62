"""Tasks whose worker ended before they did.

django-tasks-db leaves them in the state "running" forever; here they are queued again.
"""

from __future__ import annotations

import logging

from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from home import heartbeats

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3  # a task whose worker ended that often has probably killed it


def heartbeat_name(worker_id: str) -> str:
    return f"{heartbeats.WORKER}:{worker_id}"


def requeue() -> int:
    """Queue the tasks of dead workers again; return how many.

    Does nothing while no worker is alive: nobody would run them, and if the
    cache is not shared between processes, every worker looks dead.
    """
    if heartbeats.WORKER not in heartbeats.alive([heartbeats.WORKER]):
        return 0
    running = list(DBTaskResult.objects.running())
    alive = heartbeats.alive({heartbeat_name(task.worker_ids[-1]) for task in running})
    orphans = [task for task in running if heartbeat_name(task.worker_ids[-1]) not in alive]
    return sum(_requeue(task) for task in orphans)


def _requeue(task: DBTaskResult) -> int:
    as_seen = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
    if len(task.worker_ids) < MAX_ATTEMPTS:
        logger.warning("Task %s (%s) lost its worker and was queued again", task.pk, task.task_path)
        return as_seen.update(status=TaskResultStatus.READY, started_at=None)
    logger.error(
        "Task %s (%s) failed: %s workers died while running it", task.pk, task.task_path, MAX_ATTEMPTS
    )
    as_seen.update(
        status=TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        exception_class_path="builtins.SystemError",
        traceback=f"{MAX_ATTEMPTS} workers died while running this task.",
    )
    return 0
