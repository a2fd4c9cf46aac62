"""What is to be done regularly is done, whatever fails, and no task is lost with its worker."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from home import heartbeats, jobs, orphaned_tasks
from home.jobs import Job
from home.scheduler import Scheduler, run_job
from tests.support.paths import ROOT

done: list[str] = []
released = threading.Event()


@pytest.fixture(autouse=True)
def nothing_done_yet():
    done.clear()
    released.clear()
    cache.clear()


def one() -> None:
    done.append("one")


def other() -> None:
    done.append("other")


def broken() -> None:
    done.append("broken")
    raise RuntimeError("out of order")


def slow() -> None:
    done.append("slow")
    released.wait(10)


def make_job(name: str, every: int = 60) -> Job:
    return Job(f"{__name__}.{name}", every)


def run(*scheduled: Job, until: Callable[[], bool]) -> None:
    """Run the schedule until the claim holds, ten seconds at most."""
    deadline = time.monotonic() + 10

    def should_continue() -> bool:
        over = until() or time.monotonic() > deadline
        if over:
            released.set()
        return not over

    Scheduler(scheduled).run(should_continue)


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


@pytest.mark.parametrize("job", jobs.JOBS, ids=lambda job: job.name)
def test_every_job_can_be_called(job):
    assert callable(job.function())


def test_the_operators_guide_lists_every_job():
    guide = (ROOT / "docs" / "operating.md").read_text("utf-8")
    section = guide.partition("## Scheduled jobs")[2].partition("\n## ")[0]
    units = {"s": jobs.SECONDS, "min": jobs.MINUTES, "h": jobs.HOURS}
    listed = {
        name: int(number) * units[unit]
        for name, number, unit in re.findall(r"(?m)^\| `([\w.]+)` \| (\d+) (s|min|h) \|", section)
    }

    assert listed == {job.name: job.every for job in jobs.JOBS}


@pytest.mark.django_db
def test_a_job_that_fails_is_logged_and_stops_nobody(caplog):
    run(make_job("broken"), make_job("one"), until=lambda: len(done) == 2)

    assert sorted(done) == ["broken", "one"]
    assert "out of order" in caplog.text


@pytest.mark.django_db
def test_a_job_that_does_not_exist_is_logged_and_stops_nobody(caplog):
    assert not run_job(Job("nowhere.to.be.found", 5))
    assert "nowhere.to.be.found" in caplog.text


@pytest.mark.django_db
def test_a_job_comes_again_when_its_time_has_come():
    run(make_job("one", every=1), make_job("other", every=60), until=lambda: done.count("one") == 2)

    assert (done.count("one"), done.count("other")) == (2, 1)


@pytest.mark.django_db
def test_a_slow_job_holds_up_nobody_and_never_runs_beside_itself():
    run(make_job("slow", every=1), make_job("one", every=1), until=lambda: done.count("one") == 3)

    assert (done.count("slow"), done.count("one")) == (1, 3)


@pytest.mark.django_db
def test_everything_can_be_done_once_for_cron(monkeypatch):
    monkeypatch.setattr("home.management.commands.run_schedule.JOBS", [make_job("one"), make_job("other")])

    call_command("run_schedule", once=True)

    assert done == ["one", "other"]


@pytest.mark.django_db
def test_cron_learns_that_a_job_failed_after_all_had_their_turn(monkeypatch):
    monkeypatch.setattr("home.management.commands.run_schedule.JOBS", [make_job("broken"), make_job("one")])

    with pytest.raises(CommandError):
        call_command("run_schedule", once=True)

    assert done == ["broken", "one"]


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


def test_a_heart_beats_from_a_thread_of_its_own_and_stops_at_once():
    with heartbeats.beating("worker:mine", heartbeats.WORKER):
        deadline = time.monotonic() + 5
        while not heartbeats.alive(["worker:mine"]) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert heartbeats.alive(["worker:mine", "worker:other"]) == {"worker:mine"}

    assert not heartbeats.alive(["worker:mine"])
    assert "heartbeat" not in {thread.name for thread in threading.enumerate()}
