"""What the tests of accounts share."""

from __future__ import annotations

import pytest

from accounts.models import User
from tests.support.stand_in import MARIA, PASSWORD, make_member


@pytest.fixture
def member(client) -> User:
    user = make_member(name="Maria Alvarez")
    client.post("/accounts/login/", {"login": MARIA, "password": PASSWORD})
    return user
