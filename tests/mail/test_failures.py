"""An e-mail that the mail server rejects is retried, or kept with the reason."""

from __future__ import annotations

import logging
import smtplib
from datetime import timedelta
from io import StringIO

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command

from mail import delivery
from mail.models import RETRY_DELAYS, QueuedEmail
from tests.support.emails import ADA, enqueue_email, in_hours

pytestmark = pytest.mark.django_db


class FailingBackend(EmailBackend):
    """A mail server that raises ``error``, where there is one."""

    error: Exception | None = None
    calls = 0

    def send_messages(self, messages):
        type(self).calls += 1
        if self.error:
            raise self.error
        return super().send_messages(messages)


@pytest.fixture
def server(settings):
    """A mail server of the test's own; ``server.error`` is what it answers."""
    backend = f"{__name__}.FailingBackend"
    if hasattr(settings, "MAILERS"):
        settings.MAILERS = {"default": {"BACKEND": backend}}
    else:
        settings.EMAIL_BACKEND = backend
    FailingBackend.error, FailingBackend.calls = None, 0
    return FailingBackend


def test_retry_delays_grow_and_end():
    assert sorted(RETRY_DELAYS) == RETRY_DELAYS
    assert timedelta(days=2) < sum(RETRY_DELAYS, timedelta()) < timedelta(days=5)


def test_an_email_the_server_defers_is_retried_after_growing_delays(server):
    email = enqueue_email()
    server.error = smtplib.SMTPRecipientsRefused({ADA: (451, b"try later")})

    delivery.send_due()
    assert delivery.send_due() == 0
    assert server.calls == 1

    server.error = None
    with in_hours(1):
        assert delivery.send_due() == 1
    email.refresh_from_db()
    assert (email.state, email.attempts, email.error) == (QueuedEmail.State.SENT, 2, "")


def test_an_email_is_given_up_after_its_last_attempt_and_kept(server):
    email = enqueue_email()
    server.error = smtplib.SMTPServerDisconnected("gone")

    for day in range(len(RETRY_DELAYS) + 5):
        with in_hours(25 * day):
            delivery.send_due()

    email.refresh_from_db()
    assert email.state == QueuedEmail.State.FAILED
    assert email.attempts == server.calls == len(RETRY_DELAYS) + 1
    assert email.error == "SMTPServerDisconnected"


def test_a_recipient_refused_for_good_is_not_retried(server):
    email = enqueue_email()
    server.error = smtplib.SMTPRecipientsRefused({ADA: (550, b"no such mailbox ada@example.org")})

    delivery.send_due()

    email.refresh_from_db()
    assert (email.state, email.attempts) == (QueuedEmail.State.FAILED, 1)
    assert email.error == "SMTPRecipientsRefused 550"


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPAuthenticationError(535, b"wrong password"),
        smtplib.SMTPSenderRefused(550, b"who are you", "colloquy@127.0.0.1"),
        ValueError("a backend's own fault"),
    ],
)
def test_what_is_our_own_fault_can_be_fixed_and_is_retried(server, error):
    email = enqueue_email()
    server.error = error

    delivery.send_due()

    email.refresh_from_db()
    assert email.state == QueuedEmail.State.WAITING


@pytest.mark.parametrize(
    ("error", "summary"),
    [
        (smtplib.SMTPRecipientsRefused({ADA: (550, b""), "b@example.org": (451, b"")}), "451"),
        (smtplib.SMTPRecipientsRefused({}), ""),
        (smtplib.SMTPDataError(554, b"looks like spam"), "554"),
        (smtplib.SMTPServerDisconnected("gone"), ""),
        (ValueError("ada@example.org"), ""),
    ],
)
def test_a_failure_is_recorded_by_its_kind_and_the_servers_three_digits(server, error, summary):
    email = enqueue_email()
    server.error = error

    assert delivery.send(email) is False

    email.refresh_from_db()
    assert email.error == f"{type(error).__name__} {summary}".strip()
    assert email.state == QueuedEmail.State.WAITING


def test_one_email_to_a_dead_server_is_recorded_and_nothing_is_raised(server):
    email = enqueue_email()
    server.error = ConnectionRefusedError()

    assert delivery.send_one(email.pk) is False

    email.refresh_from_db()
    assert (email.state, email.attempts) == (QueuedEmail.State.WAITING, 1)
    assert email.error == "ConnectionRefusedError"


def test_a_dead_server_is_tried_once_a_run(server):
    for _ in range(3):
        enqueue_email()
    server.error = ConnectionRefusedError()

    delivery.send_due()

    assert server.calls == 1


def test_one_bad_email_does_not_hold_up_the_others(server):
    for _ in range(3):
        enqueue_email()
    server.error = smtplib.SMTPDataError(554, b"looks like spam")

    delivery.send_due()

    assert server.calls == 3


def test_no_address_is_ever_logged(server, caplog):
    enqueue_email(), enqueue_email()
    server.error = smtplib.SMTPRecipientsRefused({ADA: (550, b"<ada@example.org>: unknown")})

    with caplog.at_level(logging.DEBUG):
        delivery.send_due()

    assert "SMTPRecipientsRefused 550" in caplog.text
    assert ADA not in caplog.text
    assert ADA not in str(QueuedEmail.objects.first())


def test_emails_are_deleted_after_their_retention(server):
    delivery.send(enqueue_email())
    server.error = smtplib.SMTPRecipientsRefused({ADA: (550, b"")})
    delivery.send(enqueue_email())
    waiting = enqueue_email()

    with in_hours(24 * 29):
        assert delivery.delete_old() == 0
    with in_hours(24 * 31):
        assert delivery.delete_old() == 1
    with in_hours(24 * 91):
        assert delivery.delete_old() == 1
    assert list(QueuedEmail.objects.all()) == [waiting]


def test_failed_emails_are_counted_and_can_be_retried(server):
    server.error = smtplib.SMTPRecipientsRefused({ADA: (550, b"")})
    delivery.send(enqueue_email())
    out = StringIO()

    call_command("mail_queue", stdout=out)
    call_command("mail_queue", "--retry-failed", stdout=out)

    assert "SMTPRecipientsRefused 550" in out.getvalue()
    assert ADA not in out.getvalue()
    server.error = None
    assert delivery.send_due() == 1
