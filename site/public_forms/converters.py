"""The numbers in addresses: ``<id:pk>`` in a URL pattern."""

from __future__ import annotations

from django.urls import register_converter

from public_forms.numbers import MAX_ID


class IdConverter:
    """A number that a row's key, a page or an edition can have.

    Django's ``<int:…>`` takes numbers of any length, over which SQLite fails.
    """

    regex = "[0-9]{1,10}"

    def to_python(self, value: str) -> int:
        """Raises ValueError, which is no match, for a number above ``MAX_ID``."""
        number = int(value)
        if number > MAX_ID:
            raise ValueError(value)
        return number

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(IdConverter, "id")
