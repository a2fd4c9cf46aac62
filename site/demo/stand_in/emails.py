"""The letters Django's file backend has left in a folder."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

# The file backend ends every letter with a line of 79 dashes.
BETWEEN = re.compile(r"^-{79}\r?\n", re.MULTILINE)
READS_AT_MOST = 2_000_000  # bytes of one file


@dataclass(frozen=True)
class Letter:
    to: str
    subject: str
    date: str
    text: str


def letters(folder: Path, *, at_most: int = 50) -> list[Letter]:
    """Return the letters in ``folder``, newest first; what can't be read is left out."""
    found: list[Letter] = []
    files = [*folder.glob("*.log"), *folder.glob("*.eml")]
    for path in sorted(files, key=_age, reverse=True):
        found += _letters_of(path)
        if len(found) >= at_most:
            break
    return found[:at_most]


def _age(path: Path) -> tuple[float, str]:
    try:
        return path.stat().st_mtime, path.name
    except OSError:  # swept away meanwhile
        return 0.0, path.name


def _letters_of(path: Path) -> list[Letter]:
    try:
        with path.open("rb") as file:
            written = file.read(READS_AT_MOST).decode("utf-8", "replace")
    except OSError:
        return []
    pieces = [written] if path.suffix == ".eml" else BETWEEN.split(written)
    return [_letter(piece) for piece in reversed(pieces) if piece.strip()]


def _letter(written: str) -> Letter:
    message = email.message_from_string(written.lstrip("\r\n"), policy=email.policy.default)
    to, subject, date = (_header(message, name) for name in ("To", "Subject", "Date"))
    return Letter(to, subject, date, _text(message))


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message[name] or "")
    except (ValueError, IndexError, AttributeError):  # what the parser of headers makes of nonsense
        return ""


def _text(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    try:
        return str(body.get_content())
    except (LookupError, ValueError):  # an encoding nobody knows
        return ""
