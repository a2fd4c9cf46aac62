"""Every scheduled job does its work when its time has come, and not before.

``SCENARIOS`` has one entry for each job. A scenario prepares what the job works
on, then yields a moment (the time since it began); the scheduler runs the job at
that moment, and the scenario goes on with what it expects to see.
"""

from __future__ import annotations

import time

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from accounts.deletion import service
from accounts.models import AccountEvent, User
from home.jobs import JOBS
from home.scheduler import Scheduler, run_job
from mail.models import QueuedEmail
from papers.models import Edition, FileRecord
from tests.home import job_scenarios_of_content  # noqa: F401  adds its scenarios
from tests.home.job_scenarios import DAY, SCENARIOS
from tests.support.factories import make_user
from tests.support.paper_files import make_edition


def test_the_scheduled_jobs_are_these_and_each_has_a_scenario():
    assert len({job.name for job in JOBS}) == len(JOBS)
    assert {job.name for job in JOBS} == set(SCENARIOS)


@pytest.mark.django_db
@pytest.mark.parametrize("name", SCENARIOS)
def test_a_job_does_its_work_when_its_time_has_come(name, run_on_commit):
    job = {job.name: job for job in JOBS}[name]
    began = timezone.now()
    cache.clear()

    for moment in SCENARIOS[name]():
        with time_machine.travel(began + moment, tick=False), run_on_commit():
            assert run_job(job), f"{name} failed; see the log"


def test_the_running_scheduler_erases_accounts_and_ends_embargoes(django_db_setup, django_db_blocker):
    """Without a transaction around it: jobs run in threads, with connections of their own."""

    def is_done() -> bool:
        return not User.objects.filter(pk=user.pk).exists() and not Edition.objects.embargo_ended().exists()

    with django_db_blocker.unblock():
        user, edition = make_user(), make_edition(embargoed_until=timezone.now() + 3 * DAY)
        try:
            service.request(user)
            # Or else its file is read meanwhile, which looks at the embargo too.
            FileRecord.objects.filter(document=edition.document).update(queued_at=timezone.now() + 9 * DAY)
            with time_machine.travel(timezone.now() + 8 * DAY):
                assert Edition.objects.embargo_ended().exists()
                deadline = time.monotonic() + 30
                Scheduler(JOBS).run(lambda: not is_done() and time.monotonic() < deadline)
                assert is_done()
        finally:
            for row in (edition, edition.document, edition.paper):
                row.delete()
            User.objects.all().delete()
            QueuedEmail.objects.all().delete()
            AccountEvent.objects.all().delete()
            connection.close()
