"""A queued e-mail is sent as soon as what causes it is saved."""

from __future__ import annotations

import pytest
from django.core import mail

from mail.models import QueuedEmail
from tests.support.emails import ADA, enqueue_email

pytestmark = pytest.mark.django_db


def test_an_email_is_sent_when_its_transaction_commits(run_on_commit):
    with run_on_commit():
        email = enqueue_email(
            html="<p>Somebody answered.</p>", headers={"List-Unsubscribe": "<https://x.test/stop>"}
        )
        assert mail.outbox == []

    [sent] = mail.outbox
    email.refresh_from_db()
    assert (email.state, email.attempts) == (QueuedEmail.State.SENT, 1)
    assert (sent.to, sent.subject, sent.body) == ([ADA], "A reply to you", "Somebody answered.")
    assert sent.alternatives[0][0] == "<p>Somebody answered.</p>"
    assert sent.extra_headers["Message-ID"] == email.message_id
    assert sent.message()["List-Unsubscribe"] == "<https://x.test/stop>"
    assert sent.message()["Auto-Submitted"] == "auto-generated"
