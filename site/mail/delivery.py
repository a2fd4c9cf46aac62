"""Handing queued e-mail to the mail server, with retries."""

from __future__ import annotations

import logging
import smtplib
from email.utils import format_datetime
from http import HTTPStatus

from anymail.exceptions import AnymailRecipientsRefused
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from mail.models import QueuedEmail, SuppressedAddress

logger = logging.getLogger(__name__)


class ServerUnavailableError(Exception):
    """The mail server does not respond, so there is no use in trying other e-mails now."""


def send_due(limit: int = 50) -> int:
    """Send what is due, longest waiting first, at most ``limit``; return how many were sent.

    Stops as soon as the mail server can't be reached: each attempt at a dead
    server takes its whole timeout.
    """
    sent = 0
    for email in QueuedEmail.objects.due(timezone.now()).order_by("next_attempt_at", "pk")[:limit]:
        try:
            sent += send(email)
        except ServerUnavailableError:
            break
    return sent


def send_one(email_id: int) -> bool:
    """Send the e-mail if it is due, unleased and still there; return whether it was sent."""
    email = QueuedEmail.objects.filter(pk=email_id).first()
    try:
        return email is not None and send(email)
    except ServerUnavailableError:
        return False


def send(email: QueuedEmail) -> bool:
    """Send ``email`` unless another worker has it; return whether it was sent.

    Raises ServerUnavailableError, having recorded the failed attempt, when the server does not respond.
    """
    if not email.claim():
        return False
    if SuppressedAddress.objects.is_suppressed(email.to):
        email.mark_attempt_failed("suppressed", permanent=True)
        return False
    try:
        build_message(email).send()
    except Exception as error:  # whatever a mail backend raises, the e-mail stays in the queue
        _record_failure(email, error)
        if is_unavailable(error):
            raise ServerUnavailableError from None
        return False
    email.mark_sent()
    return True


def build_message(email: QueuedEmail) -> EmailMultiAlternatives:
    headers = {
        "Message-ID": email.message_id,
        "Date": format_datetime(email.created_at),
        "Auto-Submitted": "auto-generated",  # keeps out-of-office replies away
        **settings.EMAIL_EXTRA_HEADERS,
        **email.headers,
    }
    message = EmailMultiAlternatives(
        email.subject, email.text, settings.DEFAULT_FROM_EMAIL, [email.to], headers=headers
    )
    if email.html:
        message.attach_alternative(email.html, "text/html")
    return message


def is_unavailable(error: Exception) -> bool:
    """Return whether there was no response, or the provider's web service is failing or throttling."""
    if not isinstance(error, OSError) or isinstance(error, smtplib.SMTPException):
        return False
    status = getattr(error, "status_code", None)
    return status is None or status == HTTPStatus.TOO_MANY_REQUESTS or status >= 500


def delete_old() -> int:
    """Delete e-mail past its retention, since bodies and addresses are personal data; return how many."""
    return QueuedEmail.objects.expired(timezone.now()).delete()[0]


def _record_failure(email: QueuedEmail, error: Exception) -> None:
    """Record the kind of error without its message, which tends to quote the address."""
    code = _status_code(error)
    summary = f"{type(error).__name__} {code}".strip()
    email.mark_attempt_failed(summary, permanent=is_permanent(error, code))
    logger.warning("%s was not sent at attempt %s: %s", email, email.attempts, summary)


def is_permanent(error: Exception, code: str) -> bool:
    """Return whether the recipient was rejected; a rejected login or sender is ours to fix meanwhile."""
    by_server = isinstance(error, smtplib.SMTPRecipientsRefused) and code.startswith("5")
    return by_server or isinstance(error, AnymailRecipientsRefused)


def _status_code(error: Exception) -> str:
    """Return the three digits of the mail server or web service, empty where there are none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return str(min((response[0] for response in error.recipients.values()), default=""))
    return str(getattr(error, "smtp_code", None) or getattr(error, "status_code", None) or "")
