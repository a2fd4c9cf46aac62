"""Showing anew that it is oneself, by a mailed code."""

from __future__ import annotations

from tests.support.stand_in import mailed_code

AGAIN = "/accounts/me/again/"


def type_a_code(client, next: str, code: str = ""):
    client.post(AGAIN, {"send": "1", "next": next})
    return client.post(AGAIN, {"code": code or mailed_code(), "next": next})
