"""An e-mail is queued with what causes it, whatever becomes of the task that sends it at once."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import transaction
from django_tasks.signals import task_enqueued

from mail import delivery
from tests.support.emails import enqueue_email

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
