"""Numbers that name a person or a work everywhere, and the check digits in them."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])", re.IGNORECASE)
DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/[^\s\"<>\\^`{|}]+)", re.IGNORECASE)

NO_ORCID = _("An ORCID iD looks like 0000-0002-1825-0097. Please check this one.")
NO_DOI = _("A DOI looks like 10.1000/182. Please check this one.")
NO_ISBN = _("This is no ISBN: 13 digits, or 10 in older books. Please check it, digit by digit.")


def orcid(written: str) -> str:
    """Return an ORCID iD as 0000-0000-0000-000X. Raises ValueError where its check digit is another."""
    found = ORCID.fullmatch(written.strip())
    if found is None:
        raise ValueError(written)
    shape = "-".join(found.groups()).upper()
    *digits, check = shape.replace("-", "")
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    if "0123456789X"[(12 - total % 11) % 11] != check:
        raise ValueError(written)
    return shape


def doi(written: str) -> str:
    """Return a DOI as 10.…/…, taken out of a link if it came in one. Raises ValueError."""
    found = DOI.fullmatch(written.strip())
    if found is None:
        raise ValueError(written)
    return found.group(1)


def isbn(written: str) -> str:
    """Return the 13 digits of an ISBN; one of 10 digits is translated. Raises ValueError."""
    plain = re.sub(r"[\s-]", "", written.upper())
    if re.fullmatch(r"[0-9]{9}[0-9X]", plain):
        weighed = sum((10 - place) * "0123456789X".index(digit) for place, digit in enumerate(plain))
        if weighed % 11:
            raise ValueError(written)
        return f"978{plain[:9]}{last_of_thirteen('978' + plain[:9])}"
    if not re.fullmatch(r"97[89][0-9]{10}", plain) or last_of_thirteen(plain[:12]) != plain[12]:
        raise ValueError(written)
    return plain


def last_of_thirteen(twelve: str) -> str:
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return str(-weighed % 10)


def check_orcid(written: str) -> None:
    try:
        orcid(written)
    except ValueError:
        raise ValidationError(NO_ORCID, code="no-orcid") from None


def check_doi(written: str) -> None:
    try:
        doi(written)
    except ValueError:
        raise ValidationError(NO_DOI, code="no-doi") from None


def check_isbn(written: str) -> None:
    try:
        isbn(written)
    except ValueError:
        raise ValidationError(NO_ISBN, code="no-isbn") from None
