"""Text as people send it, made fit to be kept and shown again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from discussion.text import anchors
from public_forms.printable_text import printable

FIELDS = (
    "name", "email", "url", "comment", "reply_to", "followup", "speaking_for", "remember",
    *anchors.ANCHOR_FIELDS, "honeypot", "content_type", "object_pk", "timestamp", "security_hash", "altcha",
)  # fmt: skip


def quote(text: str) -> str:
    """Return ``text`` as a quote to be answered beneath."""
    return "".join(f"> {line}".rstrip() + "\n" for line in text.splitlines()) + "\n"


def fingerprint(who: str, text: str) -> str:
    """Return what identifies a text by one author; empty while either is missing."""
    words = " ".join(text.split())
    return hashlib.sha256(f"{who}\n{words}".encode()).hexdigest() if words and who else ""


@dataclass(frozen=True)
class Submission:
    """What the comment form sent, by field; ``had_unprintable`` where unprintable characters were removed."""

    fields: dict[str, str]
    had_unprintable: bool = False
    wants_preview: bool = False

    @classmethod
    def from_post(cls, sent: Mapping[str, str]) -> Submission:
        raw = {name: sent.get(name) or "" for name in FIELDS}
        cleaned = {name: printable(value) for name, value in raw.items()}
        unfiltered = {name: value.replace("\r\n", "\n").replace("\r", "\n") for name, value in raw.items()}
        return cls(cleaned, had_unprintable=cleaned != unfiltered, wants_preview="preview" in sent)

    @property
    def comment(self) -> str:
        return self.fields.get("comment", "")
