"""ORCID iDs, DOIs and ISBNs: their normal form, and validators with check digits."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])", re.IGNORECASE)
DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/[^\s\"<>\\^`{|}]+)", re.IGNORECASE)

INVALID_ORCID = _("This is not a valid ORCID iD. An ORCID iD looks like 0000-0002-1825-0097.")
INVALID_DOI = _("This is not a valid DOI. A DOI looks like 10.1000/182.")
INVALID_ISBN = _("This is not a valid ISBN. An ISBN has 10 or 13 digits, for example 978-0-306-40615-7.")


def orcid(value: str) -> str:
    """Return an ORCID iD as 0000-0000-0000-000X. Raises ValueError for another shape or check digit."""
    match = ORCID.fullmatch(value.strip())
    if match is None:
        raise ValueError(value)
    shape = "-".join(match.groups()).upper()
    digits, check = shape.replace("-", "")[:-1], shape[-1]
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    if "0123456789X"[(12 - total % 11) % 11] != check:
        raise ValueError(value)
    return shape


def doi(value: str) -> str:
    """Return a DOI as 10.…/…, also when given as a link. Raises ValueError for anything else."""
    match = DOI.fullmatch(value.strip())
    if match is None:
        raise ValueError(value)
    return match.group(1)


def isbn(value: str) -> str:
    """Return the 13 digits of an ISBN, also when given as 10. Raises ValueError for a wrong check digit."""
    digits = re.sub(r"[\s-]", "", value.upper())
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        weighted_sum = sum((10 - place) * "0123456789X".index(digit) for place, digit in enumerate(digits))
        if weighted_sum % 11:
            raise ValueError(value)
        return f"978{digits[:9]}{isbn13_check_digit('978' + digits[:9])}"
    if not re.fullmatch(r"97[89][0-9]{10}", digits) or isbn13_check_digit(digits[:12]) != digits[12]:
        raise ValueError(value)
    return digits


def isbn13_check_digit(twelve: str) -> str:
    """Return the 13th digit that belongs to the first twelve."""
    weighted_sum = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return str(-weighted_sum % 10)


def validate_orcid(value: str) -> None:
    try:
        orcid(value)
    except ValueError:
        raise ValidationError(INVALID_ORCID, code="no-orcid") from None


def validate_doi(value: str) -> None:
    try:
        doi(value)
    except ValueError:
        raise ValidationError(INVALID_DOI, code="no-doi") from None


def validate_isbn(value: str) -> None:
    try:
        isbn(value)
    except ValueError:
        raise ValidationError(INVALID_ISBN, code="no-isbn") from None
