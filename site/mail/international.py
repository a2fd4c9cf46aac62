"""Addresses with letters beyond ASCII before the @ (RFC 6531): jörg@example.org.

Only a mail server with the extension SMTPUTF8 takes them, and passes them on to others that have it.
Domains are no matter of this: they are written in ASCII as well (Punycode).
"""

from __future__ import annotations

import re
import smtplib
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends import smtp
from django.core.mail.message import sanitize_address
from django.core.validators import EmailValidator, validate_email
from django.forms import EmailInput
from django.utils.translation import gettext_lazy as _

from mail.mailboxes import ascii_domain, is_invisible

NOT_ASCII = re.compile(r"[^\x00-\x7f]")
NOT_SUPPORTED = _(
    "We can’t send e-mail to an address with “%(letter)s” before the @. "
    "Enter one without accents, for example joerg@example.org."
)


class AddressValidator(EmailValidator):
    """Takes such an address where the mail server does, and says why it does not."""

    def __call__(self, value: Any) -> None:
        local, at, domain = str(value).rpartition("@")
        if not at or local.isascii() or any(is_invisible(letter) for letter in local):
            super().__call__(value)
            return
        super().__call__(f"{NOT_ASCII.sub('x', local)}@{domain}")
        if not settings.EMAIL_SMTPUTF8:
            letter = NOT_ASCII.findall(local)[0]
            raise ValidationError(NOT_SUPPORTED, code="smtputf8", params={"letter": letter})


def install() -> None:
    """Make every field for an address check it so: Django's, allauth's and Wagtail's share one validator."""
    validate_email.__class__ = AddressValidator
    if settings.EMAIL_SMTPUTF8:  # browsers refuse these addresses in a field for e-mail
        EmailInput.input_type = "text"


class EmailBackend(smtp.EmailBackend):
    """Django's, which would send to another mailbox: it writes such a name as in a header."""

    def _send(self, email_message: EmailMessage) -> bool:
        recipients = email_message.recipients()
        if all(address.rpartition("@")[0].isascii() for address in recipients):
            return bool(super()._send(email_message))  # type: ignore[misc]
        sender = sanitize_address(email_message.from_email, "utf-8")
        message: Any = email_message.message()
        content = message.as_bytes(linesep="\r\n")
        server: Any = self.connection
        try:
            server.sendmail(
                sender, [in_envelope(address) for address in recipients], content, mail_options=["SMTPUTF8"]
            )
        except smtplib.SMTPException:
            if not self.fail_silently:
                raise
            return False
        return True


def in_envelope(address: str) -> str:
    local, _at, domain = address.rpartition("@")
    return f"{local}@{ascii_domain(domain)}"
