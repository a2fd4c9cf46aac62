"""One mailbox, however its address is spelled."""

from __future__ import annotations

import re
import unicodedata

import idna
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mail.invisible import is_invisible

MAX_LENGTH = 320  # characters: the longest local part, the sign, the longest domain
QUOTED_PAIR = re.compile(r"\\(.)")  # within quotation marks (RFC 5321): "a\da" is ada
GMAIL = ("gmail.com", "googlemail.com")
HAS_INVISIBLE = _("This e-mail address contains an invisible character. Delete it and type it again.")


def canonical_mailbox(address: str) -> str:
    """Return the one spelling under which all spellings of a mailbox are compared; empty for no address.

    What was typed is what is stored and written to. Case, full-width letters,
    invisible characters, quotation marks around the local part, what follows a
    plus sign, the dots of Gmail, and the two ways to write an international
    domain make no other mailbox.
    """
    plain = unicodedata.normalize("NFKC", address[:MAX_LENGTH])
    plain = "".join(char for char in plain if not is_unseen(char)).strip().casefold()
    local, at, domain = plain.rpartition("@")
    if not at:
        return plain
    domain = ascii_domain(domain.strip("."))
    if len(local) > 1 and local.startswith('"') and local.endswith('"'):
        local = QUOTED_PAIR.sub(r"\1", local[1:-1])
    # A plus sign at the very beginning tags nothing.
    local = local[:1] + local[1:].partition("+")[0]
    if domain in GMAIL:
        local, domain = local.replace(".", ""), GMAIL[0]
    return f"{local}@{domain}"


def ascii_domain(domain: str) -> str:
    """Return ``domain`` in punycode; as it is where it is no domain at all."""
    try:
        return idna.encode(domain, uts46=True, transitional=False).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return domain


def is_unseen(character: str) -> bool:
    """Say whether nobody sees a character in an address: line breaks and unassigned points too."""
    return is_invisible(character) or unicodedata.category(character) in ("Cc", "Cn")


def validate_visible(address: str) -> None:
    """Raises ValidationError for an address with invisible characters: nobody could tell it from another."""
    if any(is_unseen(char) for char in address):
        raise ValidationError(HAS_INVISIBLE, code="invisible")
