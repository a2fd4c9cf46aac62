"""Queueing an e-mail: a row in the transaction that causes it, sent after the commit."""

from __future__ import annotations

import re
from email.utils import make_msgid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from mail import tasks
from mail.models import QueuedEmail, SuppressedAddress

HEADER_NAME = re.compile(r"[A-Za-z0-9-]+")


def enqueue(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    headers: dict[str, str] | None = None,
    key: str = "",
) -> QueuedEmail | None:
    """Queue an e-mail to one plain address; return None where the address is suppressed.

    It is sent if, and only if, the current transaction commits. A second e-mail
    with the same ``key`` is not queued: the first is returned. Raises ValueError
    for anything but one address, and for line breaks in a subject or header.
    """
    _validate(to, subject, headers or {})
    if SuppressedAddress.objects.is_suppressed(to):
        return None
    fields = {
        "to": to,
        "subject": " ".join(subject.replace("\0", "").split()),
        "text": text.replace("\0", ""),
        "html": html.replace("\0", ""),
        "headers": headers or {},
        "message_id": make_msgid(domain=settings.HOST),
    }
    if key:
        email, created = QueuedEmail.objects.get_or_create(key=key, defaults=fields)
    else:
        email, created = QueuedEmail.objects.create(**fields), True
    if created:
        # Should the process end before this runs, the scheduled job sends the e-mail. No partial:
        # Django logs what fails here by the function's name, and fails itself for one without.
        pk = email.pk
        transaction.on_commit(lambda: tasks.send_email.enqueue(pk), robust=True)
    return email


def delete_for_address(address: str) -> int:
    """Delete every e-mail to ``address``, sent or not; return how many."""
    return QueuedEmail.objects.to_address(address).delete()[0]


def _validate(to: str, subject: str, headers: dict[str, str]) -> None:
    try:
        validate_email(to)
    except ValidationError:
        # The address itself stays out of the message: it would end in a log.
        raise ValueError("An e-mail goes to one plain address.") from None
    if "\r" in subject or "\n" in subject:
        raise ValueError("A subject has no line breaks.")
    for name, value in headers.items():
        if not HEADER_NAME.fullmatch(name) or "\r" in value or "\n" in value:
            raise ValueError(f"{name!r} is no header, or its value has line breaks.")
