"""What is to be done regularly is done, whatever fails."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from home import jobs
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
