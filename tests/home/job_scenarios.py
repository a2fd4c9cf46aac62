"""What a scheduled job is given to do, and what is seen once it has: accounts, e-mail and operation.

A scenario prepares what the job works on, then yields a moment (the time since
it began); the scheduler runs the job at that moment, and the scenario goes on
with what it expects to see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import override_settings
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.affiliation import verification
from accounts.deletion import service
from accounts.models import AccountEvent, DeletionRequest, User
from config import settings
from home import heartbeats
from mail import queue
from mail.models import QueuedEmail
from pagecache import changes, versions
from pagecache.models import Change
from tests.support.affiliations import make_organisation
from tests.support.factories import make_user

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


@scenario("pagecache.changes.sweep")
def a_change_that_was_committed_and_not_published_is_published_once() -> Steps:
    changes.sweep()
    name, before = "talk/7", versions.current("talk/7")
    versions.record(name)  # as a process does that ends before it publishes

    yield NOW
    after = versions.current(name)
    assert after != before
    assert not Change.objects.exists()

    yield MINUTE
    assert versions.current(name) == after


@scenario("pagecache.changes.prune_entries")
def kept_pages_of_the_disk_are_bounded() -> Steps:
    folder = settings.PAGE_CACHE_FOLDER / "entries" / "build" / "ab"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "cdef").open("wb") as file:
        file.truncate(changes.MAX_STORE_BYTES + 1)  # takes no room on the disk

    yield NOW
    assert not (folder / "cdef").exists()


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
    assert [message.to for message in QueuedEmail.objects.all()] == ["ada@example.org"]


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
