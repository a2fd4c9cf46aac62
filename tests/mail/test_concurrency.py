"""Workers that run at the same time share the queue.

Without the mark that wraps a test in a transaction: the workers are threads
with connections of their own, and see only what has been committed.
"""

from __future__ import annotations

import threading

from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from mail import delivery
from mail.models import QueuedEmail

ADA = "ada@example.org"


def test_of_many_workers_one_sends_each_email(django_db_setup, django_db_blocker, monkeypatch):
    sent: list[str] = []
    collect = lambda server, emails: sent.extend(email.subject for email in emails)  # noqa: E731
    monkeypatch.setattr(EmailBackend, "send_messages", collect)

    def work() -> None:
        try:
            delivery.send_due()
        finally:
            connection.close()

    with django_db_blocker.unblock():
        try:
            QueuedEmail.objects.bulk_create(
                QueuedEmail(to=ADA, subject=str(n), text="-", message_id=f"<{n}@test>") for n in range(12)
            )
            workers = [threading.Thread(target=work) for _ in range(3)]
            [worker.start() for worker in workers]
            [worker.join() for worker in workers]

            assert sorted(sent, key=int) == [str(n) for n in range(12)]
            assert set(QueuedEmail.objects.values_list("state", "attempts")) == {("sent", 1)}
        finally:
            QueuedEmail.objects.all().delete()
