"""The e-mails that Django's file backend has raw to a folder."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

# The file backend ends every e-mail with a line of 79 dashes.
SEPARATOR = re.compile(rb"^-{79}\r?\n", re.MULTILINE)
MAX_FILE_BYTES = 2_000_000  # bytes of one file


@dataclass(frozen=True)
class SentEmail:
    to: str
    subject: str
    date: str
    text: str


def read_emails(folder: Path, *, limit: int = 50) -> list[SentEmail]:
    """Return the e-mails in ``folder``, newest first; what can't be read is left out."""
    emails: list[SentEmail] = []
    files = [*folder.glob("*.log"), *folder.glob("*.eml")]
    for path in sorted(files, key=_modified, reverse=True):
        emails += _emails_in(path)
        if len(emails) >= limit:
            break
    return emails[:limit]


def _modified(path: Path) -> tuple[float, str]:
    try:
        return path.stat().st_mtime, path.name
    except OSError:  # deleted meanwhile
        return 0.0, path.name


def _emails_in(path: Path) -> list[SentEmail]:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES)
    except OSError:
        return []
    parts = [raw] if path.suffix == ".eml" else SEPARATOR.split(raw)
    return [_parse(part) for part in reversed(parts) if part.strip()]


def _parse(raw: bytes) -> SentEmail:
    message = email.message_from_bytes(raw.lstrip(b"\r\n"), policy=email.policy.default)
    to, subject, date = (_header(message, name) for name in ("To", "Subject", "Date"))
    return SentEmail(to, subject, date, _body(message))


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message[name] or "")
    except (ValueError, IndexError, AttributeError):  # raised by the parser for malformed headers
        return ""


def _body(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    try:
        return str(body.get_content())
    except (LookupError, ValueError):  # an unknown encoding
        return ""
