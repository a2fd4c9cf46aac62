"""Writing a letter: a row in the transaction that causes it, sent after commit."""

from __future__ import annotations

import re
from email.utils import make_msgid
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from mail import tasks
from mail.models import Letter, Suppressed

HEADER_NAME = re.compile(r"[A-Za-z0-9-]+")


def post(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    headers: dict[str, str] | None = None,
    key: str = "",
) -> Letter | None:
    """Write a letter to one plain address; return None where the address is suppressed.

    It exists if, and only if, the transaction under way commits, and is sent
    then. A second letter with the same ``key`` is not written: the first is
    returned. Raises ValueError for anything but one address, and for line
    breaks in a subject or header.
    """
    _check(to, subject, headers or {})
    if Suppressed.objects.stops(to):
        return None
    content = {
        "to": to,
        "subject": " ".join(subject.replace("\0", "").split()),
        "text": text.replace("\0", ""),
        "html": html.replace("\0", ""),
        "headers": headers or {},
        "message_id": make_msgid(domain=settings.HOST),
    }
    if key:
        letter, is_new = Letter.objects.get_or_create(key=key, defaults=content)
    else:
        letter, is_new = Letter.objects.create(**content), True
    if is_new:
        # Should the process end before this runs, the sweep sends the letter.
        transaction.on_commit(partial(tasks.send_letter.enqueue, letter.pk), robust=True)
    return letter


def forget(address: str) -> int:
    """Delete every letter to ``address``, sent or not; return how many."""
    return Letter.objects.to_address(address).delete()[0]


def _check(to: str, subject: str, headers: dict[str, str]) -> None:
    try:
        validate_email(to)
    except ValidationError:
        # The address itself stays out of the message: it would end in a log.
        raise ValueError("A letter goes to one plain address.") from None
    if "\r" in subject or "\n" in subject:
        raise ValueError("A subject has no line breaks.")
    for name, value in headers.items():
        if not HEADER_NAME.fullmatch(name) or "\r" in value or "\n" in value:
            raise ValueError(f"{name!r} is no header, or its value has line breaks.")
