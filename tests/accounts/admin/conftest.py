"""What the tests of the accounts admin share."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import User
from tests.support.factories import make_user


@pytest.fixture
def administrator() -> User:
    user = make_user(name="Ann Arbor")
    user.groups.add(Group.objects.get(name="Administrators"))
    return user


@pytest.fixture
def desk(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client
