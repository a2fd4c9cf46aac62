"""When an e-mail is due, for how long a worker has it, when it is tried again, and when it is deleted."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from mail.models import (
    FAILED_RETENTION,
    LEASE,
    RETRY_DELAYS,
    SENT_RETENTION,
    QueuedEmail,
    SuppressedAddress,
)
from tests.support.emails import ADA, enqueue_email

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
WAITING, SENT, FAILED = QueuedEmail.State.WAITING, QueuedEmail.State.SENT, QueuedEmail.State.FAILED
Reason = SuppressedAddress.Reason


@pytest.fixture
def now():
    """A moment at which time stands still, to the second."""
    moment = timezone.now().replace(microsecond=0)
    with time_machine.travel(moment, tick=False):
        yield moment


def due(moment):
    return list(QueuedEmail.objects.due(moment))


def test_an_email_is_due_from_the_moment_of_its_next_attempt(now):
    email = enqueue_email()

    assert due(now - SECOND) == []
    assert due(now) == due(now + SECOND) == [email]


@pytest.mark.parametrize("state", [SENT, FAILED])
def test_only_a_waiting_email_is_due(now, state):
    email = enqueue_email()
    QueuedEmail.objects.update(state=state)

    assert due(now) == []
    assert not email.claim()


def test_a_lease_lasts_five_minutes_and_counts_as_an_attempt(now):
    email = enqueue_email()

    assert email.claim() is True
    assert (email.leased_until, email.attempts) == (now + timedelta(minutes=5), 1)
    assert due(now + LEASE - SECOND) == []
    assert due(now + LEASE) == [email]
    assert email.claim() is False
    assert email.attempts == 1


def test_a_claim_takes_no_other_email(now):
    first, second = enqueue_email(), enqueue_email()

    first.claim()

    second.refresh_from_db()
    assert (second.leased_until, second.attempts) == (None, 0)


def test_a_sent_email_says_when_and_is_free_of_lease_and_error(now):
    email = enqueue_email()
    email.claim()
    email.error = "SMTPDataError 451"
    email.save()

    email.mark_sent()

    email.refresh_from_db()
    assert (email.state, email.sent_at, email.leased_until, email.error) == (SENT, now, None, "")


@pytest.mark.parametrize("attempt", range(1, len(RETRY_DELAYS) + 1))
def test_each_failed_attempt_is_followed_by_the_next_delay(now, attempt):
    email = enqueue_email()
    QueuedEmail.objects.update(attempts=attempt - 1)
    email.claim()

    email.mark_attempt_failed("SMTPDataError 451", permanent=False)

    email.refresh_from_db()
    assert (email.state, email.attempts, email.error) == (WAITING, attempt, "SMTPDataError 451")
    assert (email.next_attempt_at, email.leased_until) == (now + RETRY_DELAYS[attempt - 1], None)


@pytest.mark.parametrize(
    ("earlier", "permanent"), [(0, True), (len(RETRY_DELAYS), False), (len(RETRY_DELAYS) + 3, False)]
)
def test_an_email_is_given_up_for_good_or_after_the_last_delay(now, earlier, permanent):
    email = enqueue_email()
    QueuedEmail.objects.update(attempts=earlier, next_attempt_at=now - timedelta(days=1))
    email.claim()

    email.mark_attempt_failed("SMTPDataError 554", permanent=permanent)

    email.refresh_from_db()
    assert (email.state, email.attempts, email.error) == (FAILED, earlier + 1, "SMTPDataError 554")
    assert (email.next_attempt_at, email.leased_until) == (now, None)


@pytest.mark.parametrize("permanent", [True, False])
def test_who_has_lost_the_lease_records_nothing(now, permanent):
    late, others = enqueue_email(), enqueue_email()
    late.claim()
    others.claim()
    QueuedEmail.objects.filter(pk=late.pk).update(leased_until=now + 2 * LEASE)

    late.mark_attempt_failed("TimeoutError", permanent=permanent)

    assert set(QueuedEmail.objects.values_list("state", "error")) == {(WAITING, "")}
    assert not QueuedEmail.objects.filter(leased_until=None).exists()


@pytest.mark.parametrize(
    ("state", "field", "retention"),
    [(SENT, "sent_at", SENT_RETENTION), (FAILED, "next_attempt_at", FAILED_RETENTION)],
)
def test_what_is_over_expires_after_its_retention(now, state, field, retention):
    enqueue_email()
    QueuedEmail.objects.update(**{"state": state, field: now})

    assert not QueuedEmail.objects.expired(now + retention).exists()
    assert QueuedEmail.objects.expired(now + retention + SECOND).exists()


def test_what_waits_never_expires(now):
    enqueue_email()

    assert not QueuedEmail.objects.expired(now + timedelta(days=1_000)).exists()


def test_failed_emails_are_put_back_with_all_attempts_ahead(now):
    failed, waiting, sent = enqueue_email(), enqueue_email(), enqueue_email()
    before = {"attempts": 3, "error": "SMTPDataError 554", "next_attempt_at": now - timedelta(days=2)}
    QueuedEmail.objects.update(**before, leased_until=now - LEASE)
    QueuedEmail.objects.filter(pk=failed.pk).update(state=FAILED)
    QueuedEmail.objects.filter(pk=sent.pk).update(state=SENT)

    assert QueuedEmail.objects.retry_failed() == 1

    failed.refresh_from_db()
    assert (failed.state, failed.attempts, failed.error) == (WAITING, 0, "")
    assert (failed.next_attempt_at, failed.leased_until) == (now, None)
    for untouched in (waiting, sent):
        untouched.refresh_from_db()
        assert untouched.attempts == 3


def test_emails_to_one_address_are_found_however_it_is_written():
    email = enqueue_email("Ada@Example.org")
    enqueue_email("bea@example.org")

    assert list(QueuedEmail.objects.to_address(ADA)) == [email]


def test_an_email_names_itself_by_its_key_alone():
    email = enqueue_email()

    assert str(email) == f"QueuedEmail {email.pk}"


def test_an_address_is_suppressed_and_unsuppressed_however_it_is_written():
    addresses = SuppressedAddress.objects
    addresses.suppress("Ada@Example.org", Reason.BOUNCED)
    addresses.suppress("bea@example.org", Reason.UNSUBSCRIBED)

    assert addresses.is_suppressed("ADA@example.org") is True
    assert addresses.is_suppressed("dan@example.org") is False
    addresses.unsuppress("aDA@example.org")
    assert list(addresses.values_list("address", flat=True)) == ["bea@example.org"]


def test_the_first_reason_for_a_suppression_is_kept():
    SuppressedAddress.objects.suppress(ADA, Reason.BOUNCED)
    SuppressedAddress.objects.suppress(ADA, Reason.COMPLAINED)

    assert SuppressedAddress.objects.get().reason == Reason.BOUNCED


def test_a_suppression_names_itself_by_reason_and_key_and_is_stored_in_lower_case():
    SuppressedAddress.objects.suppress(ADA, Reason.BOUNCED)
    entry = SuppressedAddress(address="Bea@Example.org", reason=Reason.UNSUBSCRIBED)

    entry.clean()

    assert entry.address == "bea@example.org"
    stored = SuppressedAddress.objects.get()
    assert str(stored) == f"e-mail bounced ({stored.pk})"


def test_an_address_is_suppressed_once():
    SuppressedAddress.objects.suppress(ADA, Reason.BOUNCED)

    with pytest.raises(ValidationError, match="already on the list"):
        SuppressedAddress(address="Ada@Example.org", reason=Reason.BOUNCED).full_clean()
