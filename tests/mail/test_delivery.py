"""A queued e-mail is sent, and sent once."""

from __future__ import annotations

import smtplib
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
import requests
from anymail.exceptions import AnymailRecipientsRefused, AnymailRequestsAPIError
from django.core import mail

from mail import delivery
from mail.models import QueuedEmail, SuppressedAddress
from tests.support.emails import ADA, enqueue_email, in_hours

pytestmark = pytest.mark.django_db


def test_an_email_whose_process_ended_after_the_commit_is_sent_by_the_job():
    email = enqueue_email()  # the test never commits, so no task is enqueued

    assert delivery.send_due() == 1

    email.refresh_from_db()
    assert email.state == QueuedEmail.State.SENT
    assert delivery.send_due() == 0
    assert len(mail.outbox) == 1


def test_an_email_waiting_for_an_address_that_is_suppressed_meanwhile_stays():
    email = enqueue_email()
    SuppressedAddress.objects.suppress(ADA, SuppressedAddress.Reason.COMPLAINED)

    delivery.send_due()

    email.refresh_from_db()
    assert email.state == QueuedEmail.State.FAILED
    assert mail.outbox == []


def test_an_email_leased_by_one_worker_is_not_claimed_by_another():
    first = enqueue_email()
    second = QueuedEmail.objects.get(pk=first.pk)

    assert first.claim()
    assert not second.claim()
    assert delivery.send_due() == 0


def test_an_email_whose_worker_died_is_taken_over_with_the_same_message_id():
    email = enqueue_email()
    assert email.claim()

    with in_hours(1):
        assert delivery.send_due() == 1

    assert mail.outbox[0].extra_headers["Message-ID"] == email.message_id


def test_a_worker_that_comes_back_late_does_not_undo_what_another_did():
    late = enqueue_email()
    late.claim()
    with in_hours(1):
        delivery.send_due()

        late.mark_attempt_failed("too late", permanent=True)

    late.refresh_from_db()
    assert late.state == QueuedEmail.State.SENT


def test_one_email_is_sent_by_its_key_and_a_key_without_one_sends_nothing():
    email = enqueue_email()

    assert delivery.send_one(email.pk) is True
    assert delivery.send_one(email.pk) is False
    assert delivery.send_one(email.pk + 1) is False
    assert len(mail.outbox) == 1


def test_a_run_sends_the_longest_waiting_first_and_no_more_than_its_limit():
    for subject in ("Second", "Third", "First"):
        enqueue_email(subject=subject)
    first = QueuedEmail.objects.get(subject="First")
    first.next_attempt_at -= timedelta(hours=1)
    first.save()

    assert delivery.send_due(limit=2) == 2
    assert [sent.subject for sent in mail.outbox] == ["First", "Second"]
    assert delivery.send_due(limit=2) == 1


def test_a_suppressed_address_is_why_an_email_was_given_up():
    email = enqueue_email()
    SuppressedAddress.objects.suppress(ADA, SuppressedAddress.Reason.COMPLAINED)

    assert delivery.send(email) is False

    email.refresh_from_db()
    assert (email.state, email.error) == (QueuedEmail.State.FAILED, "suppressed")


def test_an_email_has_the_sites_sender_and_extra_headers_and_html_only_where_it_was_given(settings):
    settings.EMAIL_EXTRA_HEADERS = {"X-PM-KeepID": "true", "X-Kind": "any"}
    email = enqueue_email(headers={"X-Kind": "reply"})

    message = delivery.build_message(email)

    assert (message.from_email, message.to) == (settings.DEFAULT_FROM_EMAIL, [ADA])
    assert message.alternatives == []
    assert (message.extra_headers["X-PM-KeepID"], message.extra_headers["X-Kind"]) == ("true", "reply")
    assert parsedate_to_datetime(message.extra_headers["Date"]) == email.created_at.replace(microsecond=0)


def web_service_error(status):
    response = requests.Response()
    response.status_code = status
    return AnymailRequestsAPIError("No.", response=response)


@pytest.mark.parametrize(
    ("error", "unavailable"),
    [
        (ConnectionRefusedError(), True),
        (TimeoutError(), True),
        (web_service_error(428), False),
        (web_service_error(429), True),
        (web_service_error(430), False),
        (web_service_error(499), False),
        (web_service_error(500), True),
        (web_service_error(503), True),
        (smtplib.SMTPServerDisconnected("gone"), False),
        (smtplib.SMTPDataError(554, b"spam"), False),
        (ValueError("a backend's own fault"), False),
    ],
)
def test_a_server_is_unavailable_without_a_response_or_while_it_fails_or_throttles(error, unavailable):
    assert delivery.is_unavailable(error) is unavailable


@pytest.mark.parametrize(
    ("error", "code", "permanent"),
    [
        (smtplib.SMTPRecipientsRefused({}), "550", True),
        (smtplib.SMTPRecipientsRefused({}), "451", False),
        (smtplib.SMTPDataError(554, b"spam"), "554", False),
        (AnymailRecipientsRefused(), "", True),
    ],
)
def test_a_failure_is_permanent_where_the_recipient_is_refused(error, code, permanent):
    assert delivery.is_permanent(error, code) is permanent
