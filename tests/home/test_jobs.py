"""Every scheduled job does its work when its time has come, and not before.

``SCENARIOS`` has one entry for each job. A scenario prepares what the job works
on, then yields a moment (the time since it began); the scheduler runs the job at
that moment, and the scenario goes on with what it expects to see.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.affiliation import verification
from accounts.deletion import service
from accounts.models import AccountEvent, DeletionRequest, User
from config import settings
from discussion.models import Comment
from discussion.models.comment_state import State
from discussion.models.subscriptions import Frequency, NotificationPreferences, Scope, Subscription
from discussion.moderation.emails import notify_moderators
from discussion.notifications import dispatch
from home import heartbeats
from home.jobs import JOBS
from home.scheduler import Scheduler, run_job
from mail import queue
from mail.models import QueuedEmail
from papers.models import AccessibilityReport, CopyRequest, Edition, FileRecord, FormatRequest, PageText
from papers.reader_requests import actions
from search.models import Entry
from tests.accounts.affiliation.test_verification import make_organisation
from tests.support.comments import make_comment, make_guest_comment
from tests.support.factories import make_post, make_user
from tests.support.moderation import make_moderator
from tests.support.paper_files import make_document, make_edition

Steps = Iterator[timedelta]
NOW, MINUTE, HOUR, DAY = timedelta(0), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SCENARIOS: dict[str, Callable[[], Steps]] = {}


def scenario(name: str) -> Callable[[Callable[[], Steps]], Callable[[], Steps]]:
    def enter(steps: Callable[[], Steps]) -> Callable[[], Steps]:
        SCENARIOS[name] = steps
        return steps

    return enter


@scenario("accounts.deletion.service.delete_due")
def an_account_is_erased_a_week_after_its_owner_asked() -> Steps:
    service.request(user := make_user(email="ada@example.org"))
    staying = make_user()

    yield 7 * DAY - MINUTE
    assert User.objects.filter(pk=user.pk).exists()

    yield 7 * DAY + MINUTE
    assert list(User.objects.all()) == [staying]
    assert not DeletionRequest.objects.exists()


@scenario("papers.intake.tasks.release_embargoes")
def search_finds_a_file_once_its_embargo_ends() -> Steps:
    edition = make_edition(embargoed_until=timezone.now() + 3 * DAY)
    PageText.objects.create(record=edition.record, number=1, text="Quabbin")
    edition.save()

    yield 3 * DAY - MINUTE
    assert not Entry.objects.filter(text="Quabbin").exists()

    yield 3 * DAY + MINUTE
    assert Entry.objects.filter(text="Quabbin").exists()
    assert not Edition.objects.embargo_ended().exists()


@scenario("mail.delivery.send_due")
def an_e_mail_in_the_queue_is_sent_once() -> Steps:
    queue.enqueue(to="ada@example.org", subject="Hello", text="Hello, Ada.")

    yield NOW
    yield 5 * MINUTE
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [(["ada@example.org"], "Hello")]


@scenario("home.orphaned_tasks.requeue")
def a_task_whose_worker_ended_is_queued_again() -> Steps:
    task = make_task(TaskResultStatus.RUNNING, worker_ids=["gone"], started_at=timezone.now())
    heartbeats.beat(heartbeats.WORKER)

    yield NOW
    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY


@scenario("discussion.notifications.dispatch.notify_pending")
def subscribers_get_an_e_mail_about_a_new_comment() -> Steps:
    page = make_post()
    Subscription.objects.create(
        page=page, address="grace@example.org", scope=Scope.PAGE, frequency=Frequency.NOW
    )
    make_comment(on=page)

    yield NOW
    yield MINUTE
    assert [letter.to for letter in QueuedEmail.objects.all()] == ["grace@example.org"]


@scenario("discussion.notifications.dispatch.send_digests")
def a_daily_digest_is_sent_after_a_day() -> Steps:
    page = make_post()
    Subscription.objects.create(
        page=page, address="grace@example.org", scope=Scope.PAGE, frequency=Frequency.DAILY
    )
    make_comment(on=page, text="We share a nurse.")
    dispatch.notify_pending()

    yield DAY - MINUTE
    assert not QueuedEmail.objects.exists()

    yield DAY + MINUTE
    assert "We share a nurse." in QueuedEmail.objects.get().text


@scenario("discussion.moderation.emails.send_digests")
def a_moderators_digest_is_sent_after_a_day() -> Steps:
    moderator = make_moderator()
    NotificationPreferences.objects.create(member=moderator, moderation_queue=Frequency.DAILY)
    notify_moderators(make_comment(state=State.WAITING))

    yield DAY - MINUTE
    assert not QueuedEmail.objects.exists()

    yield DAY + MINUTE
    assert QueuedEmail.objects.get().to == moderator.email


@scenario("publish_scheduled")
def a_page_goes_live_and_expires_at_its_hours() -> Steps:
    post = make_post(live=False)
    post.go_live_at, post.expire_at = timezone.now() + DAY, timezone.now() + 2 * DAY
    post.save_revision().publish()
    lives = []

    for moment in (DAY - MINUTE, DAY + MINUTE, 2 * DAY + MINUTE):
        yield moment
        post.refresh_from_db()
        lives.append(post.live)
    assert lives == [False, True, False]


@scenario("papers.intake.tasks.requeue_stuck")
def a_file_whose_reading_never_happened_is_read() -> Steps:
    record = FileRecord.objects.get(document=make_document(pages=2))
    FileRecord.objects.update(state=FileRecord.State.WAITING, queued_at=timezone.now())

    yield 9 * MINUTE
    assert not record.pages.exists()

    yield 11 * MINUTE
    assert record.pages.count() == 2
    assert AccessibilityReport.objects.filter(record=record).exists()


@scenario("discussion.jobs.delete_unconfirmed")
def a_comment_that_was_never_confirmed_is_deleted_after_three_days() -> Steps:
    make_guest_comment(state=State.UNCONFIRMED)
    published = make_guest_comment()

    yield 3 * DAY - MINUTE
    assert Comment.objects.count() == 2

    yield 3 * DAY + MINUTE
    assert list(Comment.objects.all()) == [published]


@scenario("discussion.jobs.rerender")
def a_comment_that_an_older_renderer_made_is_rendered_again() -> Steps:
    comment = make_comment(text="A *word*.")
    Comment.objects.update(renderer_version=0, html="<p>old</p>")

    yield NOW
    comment.refresh_from_db()
    assert comment.html == "<p>A <em>word</em>.</p>"


@scenario("papers.reader_requests.actions.delete_old")
def an_answered_request_is_deleted_after_its_time() -> Steps:
    edition = make_edition(embargoed_until=timezone.now() + 900 * DAY)
    fields = {"edition": edition, "name": "Joan", "email": "joan@example.org", "need": "Large print"}
    FormatRequest.objects.create(**fields, state=FormatRequest.State.ANSWERED, answered_at=timezone.now())
    waiting = FormatRequest.objects.create(**fields)
    answered = actions.request_copy(edition, name="Ada", email="ada@example.org", purpose="")
    answered.resolve("granted", user=None)

    yield 180 * DAY - MINUTE
    assert (FormatRequest.objects.count(), CopyRequest.objects.count()) == (2, 1)

    yield 180 * DAY + MINUTE
    assert list(FormatRequest.objects.all()) == [waiting]
    assert not CopyRequest.objects.exists()


@scenario("accounts.signin.unverified.delete_stale")
def an_account_whose_address_was_never_verified_is_deleted_after_three_days() -> Steps:
    EmailAddress.objects.create(user=make_user(), email="unproven@example.org", verified=False)
    EmailAddress.objects.create(user=(proven := make_user()), email=proven.email, verified=True)

    yield 3 * DAY - MINUTE
    assert User.objects.count() == 2

    yield 3 * DAY + MINUTE
    assert list(User.objects.all()) == [proven]


@scenario("accounts.affiliation.reminders.send_reminders")
def members_hear_a_month_before_their_verification_ends() -> Steps:
    user = make_user(email="ada@example.org")
    verification.request(user, make_organisation())
    verification.confirm_by_editor(user.affiliation, by=make_user())
    QueuedEmail.objects.all().delete()
    left = user.affiliation.expires_at - timezone.now()

    yield left - 30 * DAY - HOUR
    assert not QueuedEmail.objects.exists()

    yield left - 30 * DAY + HOUR
    yield left - 29 * DAY
    assert [letter.to for letter in QueuedEmail.objects.all()] == ["ada@example.org"]


@scenario("accounts.audit.delete_old")
def account_events_lose_their_address_after_a_month_and_go_after_a_year() -> Steps:
    AccountEvent.objects.all().delete()
    AccountEvent.objects.create(action=AccountEvent.Action.SIGNED_IN, ip_address="203.0.113.1")

    yield 30 * DAY - MINUTE
    assert AccountEvent.objects.get().ip_address == "203.0.113.1"

    yield 30 * DAY + MINUTE
    assert AccountEvent.objects.get().ip_address is None

    yield 365 * DAY + MINUTE
    assert not AccountEvent.objects.exists()


@scenario("mail.delivery.delete_old")
def a_sent_e_mail_is_deleted_after_thirty_days() -> Steps:
    queue.enqueue(to="ada@example.org", subject="Hello", text="Hello, Ada.").mark_sent()

    yield 30 * DAY - MINUTE
    assert QueuedEmail.objects.exists()

    yield 30 * DAY + MINUTE
    assert not QueuedEmail.objects.exists()


@scenario("clearsessions")
def an_expired_session_is_deleted() -> Steps:
    Session.objects.create(session_key="one", session_data="", expire_date=timezone.now() + DAY)

    yield DAY - MINUTE
    assert Session.objects.exists()

    yield DAY + MINUTE
    assert not Session.objects.exists()


@scenario("prune_db_task_results")
def the_record_of_a_finished_task_is_deleted_after_a_week() -> Steps:
    make_task(TaskResultStatus.SUCCESSFUL, queue_name="other", finished_at=timezone.now())

    with override_settings(TASKS=settings.TASKS):  # tests run tasks at once, without rows
        yield 7 * DAY - MINUTE
        assert DBTaskResult.objects.exists()

        yield 7 * DAY + MINUTE
        assert not DBTaskResult.objects.exists()


def make_task(status: str, **fields: object) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=status,
        task_path="mail.tasks.send_email",
        args_kwargs={"args": [0], "kwargs": {}},
        backend_name="default",
        run_after=timezone.now(),
        **fields,
    )


def test_the_scheduled_jobs_are_these_and_each_has_a_scenario():
    assert len({job.name for job in JOBS}) == len(JOBS)
    assert {job.name for job in JOBS} == set(SCENARIOS)


@pytest.mark.django_db
@pytest.mark.parametrize("name", SCENARIOS)
def test_a_job_does_its_work_when_its_time_has_come(name, kept):
    job = {job.name: job for job in JOBS}[name]
    began = timezone.now()
    cache.clear()

    for moment in SCENARIOS[name]():
        with time_machine.travel(began + moment, tick=False), kept():
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
