"""What the task worker does with a queued e-mail."""

from __future__ import annotations

from django_tasks import task


@task(priority=50)
def send_email(email_id: int) -> None:
    """Send one e-mail now rather than with the next scheduled run; safe to run twice."""
    from mail import delivery

    delivery.send_one(email_id)
