"""What the task worker does with a letter."""

from __future__ import annotations

from django_tasks import task


@task(priority=50)
def send_letter(letter_id: int) -> None:
    """Send one letter now, rather than with the next sweep; bears running twice."""
    from mail import delivery

    delivery.send_one(letter_id)
