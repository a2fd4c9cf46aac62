"""Handing letters to the mail server, and trying again when it will not have them."""

from __future__ import annotations

import logging
import smtplib
from email.utils import format_datetime
from http import HTTPStatus

from anymail.exceptions import AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from mail.models import Letter, Suppressed

logger = logging.getLogger(__name__)


class OutOfReach(Exception):
    """The mail server does not answer, so other letters needn't be tried now."""


def send_waiting(limit: int = 50) -> int:
    """Send what is due, the longest waiting first, at most ``limit``; return how many left.

    Stops at the first sign that the mail server can't be reached: each attempt
    at a dead server costs its whole time limit.
    """
    left = 0
    for letter in Letter.objects.due(timezone.now()).order_by("next_try", "pk")[:limit]:
        try:
            left += send(letter)
        except OutOfReach:
            break
    return left


def send_one(letter_id: int) -> bool:
    """Send the letter if it is due, free and still there; say whether it left."""
    letter = Letter.objects.filter(pk=letter_id).first()
    try:
        return letter is not None and send(letter)
    except OutOfReach:
        return False


def send(letter: Letter) -> bool:
    """Send ``letter`` unless another worker has it; say whether it left.

    Raises OutOfReach, having noted the failed try, when the server does not answer.
    """
    if not letter.claim():
        return False
    if Suppressed.objects.stops(letter.to):
        letter.was_refused("suppressed", for_good=True)
        return False
    try:
        message(letter).send()
    except Exception as error:  # whatever a mail backend raises, the letter stays
        _note(letter, error)
        if is_out_of_reach(error):
            raise OutOfReach from None
        return False
    letter.has_left()
    return True


def message(letter: Letter) -> EmailMultiAlternatives:
    headers = {
        "Message-ID": letter.message_id,
        "Date": format_datetime(letter.written_at),
        "Auto-Submitted": "auto-generated",  # keeps holiday notices from answering
        **settings.LETTER_HEADERS,
        **letter.headers,
    }
    made = EmailMultiAlternatives(
        letter.subject, letter.text, settings.DEFAULT_FROM_EMAIL, [letter.to], headers=headers
    )
    if letter.html:
        made.attach_alternative(letter.html, "text/html")
    return made


def is_out_of_reach(error: Exception) -> bool:
    """Say whether nobody answered, or the provider's web service is not itself at present."""
    if not isinstance(error, OSError) or isinstance(error, smtplib.SMTPException):
        return False
    status = getattr(error, "status_code", None)
    return status is None or status == HTTPStatus.TOO_MANY_REQUESTS or status >= 500


def forget_old() -> int:
    """Delete letters whose time is over: bodies and addresses are personal data."""
    return Letter.objects.forgettable(timezone.now()).delete()[0]


def _note(letter: Letter, error: Exception) -> None:
    """Write down what went wrong, without the error's words: they tend to quote the address."""
    code = _code(error)
    problem = f"{type(error).__name__} {code}".strip()
    letter.was_refused(problem, for_good=is_for_good(error, code))
    logger.warning("%s was not sent at try %s: %s", letter, letter.tries, problem)


def is_for_good(error: Exception, code: str) -> bool:
    """Say whether the recipient was refused; a refused login or sender is ours to mend meanwhile."""
    by_server = isinstance(error, smtplib.SMTPRecipientsRefused) and code.startswith("5")
    return by_server or isinstance(error, AnymailRecipientsRefused)


def _code(error: Exception) -> str:
    """Return the mail server's or web service's three digits, empty where there are none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return str(min((answer[0] for answer in error.recipients.values()), default=""))
    return str(getattr(error, "smtp_code", None) or getattr(error, "status_code", None) or "")
