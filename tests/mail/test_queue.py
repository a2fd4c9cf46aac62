"""An e-mail is queued with what causes it, once, and never to several people."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.core import mail
from django.db import transaction
from django_tasks.signals import task_enqueued

from mail import delivery, queue
from mail.models import QueuedEmail, SuppressedAddress
from tests.support.emails import ADA, enqueue_email

pytestmark = pytest.mark.django_db


def test_a_task_queue_that_fails_leaves_the_email_to_the_job_and_the_transaction_whole(run_on_commit):
    def fail(**_task):
        raise ConnectionError

    done = []
    task_enqueued.connect(fail)
    try:
        with run_on_commit():
            enqueue_email()
            transaction.on_commit(lambda: done.append("the next step"))
    finally:
        task_enqueued.disconnect(fail)

    assert done == ["the next step"]
    assert mail.outbox == []
    assert delivery.send_due() == 1


def test_an_email_of_a_failed_transaction_was_never_queued(run_on_commit):
    with run_on_commit(), suppress(RuntimeError), transaction.atomic():
        enqueue_email()
        raise RuntimeError

    assert mail.outbox == []
    assert not QueuedEmail.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": "Hello\r\nBcc: all@example.org"},
        {"subject": "Hello\nthere"},
        {"subject": "Hello\rthere"},
        {"to": "ada@example.org\r\nBcc: all@example.org"},
        {"to": "ada@example.org, bea@example.org"},
        {"to": "Ada <ada@example.org>"},
        {"to": ""},
        {"headers": {"X-A": "b\r\nBcc: all@example.org"}},
        {"headers": {"X-A": "b\nBcc: all@example.org"}},
        {"headers": {"X-A": "b\rBcc: all@example.org"}},
        {"headers": {"X A:": "b"}},
    ],
)
def test_an_email_to_several_people_or_with_smuggled_headers_is_not_queued(wrong):
    with pytest.raises(ValueError) as refusal:
        enqueue_email(**wrong)

    assert "example.org" not in str(refusal.value)
    assert not QueuedEmail.objects.exists()


def test_a_subject_is_one_line_of_text_whatever_was_pasted_into_it():
    assert enqueue_email(subject="Sharing\u2028a\x0bnurse\0").subject == "Sharing a nurse"


def test_the_same_email_is_not_queued_twice(run_on_commit):
    with run_on_commit():
        first = enqueue_email(key="reply-7-ada")
        second = enqueue_email(key="reply-7-ada")
        enqueue_email(), enqueue_email()

    assert first == second
    assert len(mail.outbox) == 3


def test_a_suppressed_address_gets_no_email(run_on_commit):
    SuppressedAddress.objects.suppress("Ada@Example.org", SuppressedAddress.Reason.BOUNCED)

    with run_on_commit():
        assert enqueue_email() is None

    assert mail.outbox == []
    SuppressedAddress.objects.unsuppress(ADA)
    assert enqueue_email() is not None


def test_every_email_to_one_address_can_be_deleted_at_once():
    enqueue_email(), enqueue_email("bea@example.org")

    assert queue.delete_for_address("ADA@example.org") == 1
    assert QueuedEmail.objects.get().to == "bea@example.org"
