"""No task is lost with its worker."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from home import heartbeats, orphaned_tasks


def make_running_task(*workers: str) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        worker_ids=list(workers),
        task_path="mail.tasks.send_email",
        args_kwargs={"args": [0], "kwargs": {}},
        backend_name="default",
        run_after=timezone.now(),
        started_at=timezone.now(),
    )


def is_alive(worker: str) -> None:
    heartbeats.beat(heartbeats.WORKER)
    heartbeats.beat(orphaned_tasks.heartbeat_name(worker))


@pytest.mark.django_db
def test_a_task_whose_worker_is_gone_is_queued_again():
    left, held = make_running_task("gone"), make_running_task("living")
    is_alive("living")

    assert orphaned_tasks.requeue() == 1

    left.refresh_from_db(), held.refresh_from_db()
    assert (left.status, held.status) == (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    assert left in DBTaskResult.objects.ready()


@pytest.mark.django_db
def test_a_worker_that_has_not_been_heard_of_for_long_is_gone():
    make_running_task("asleep")
    is_alive("asleep")

    with time_machine.travel(timezone.now() + timedelta(seconds=heartbeats.DEAD_AFTER + 1), tick=False):
        heartbeats.beat(heartbeats.WORKER)
        assert orphaned_tasks.requeue() == 1


@pytest.mark.django_db
def test_no_task_moves_while_no_worker_is_to_be_seen_at_all():
    make_running_task("gone")

    assert orphaned_tasks.requeue() == 0


@pytest.mark.django_db
def test_a_task_that_ends_one_worker_after_another_is_given_up():
    deadly = make_running_task(*["gone"] * orphaned_tasks.MAX_ATTEMPTS)
    is_alive("living")

    assert orphaned_tasks.requeue() == 0

    deadly.refresh_from_db()
    assert deadly.status == TaskResultStatus.FAILED
