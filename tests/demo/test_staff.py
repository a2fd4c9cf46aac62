"""The demo's accounts for the admin."""

from __future__ import annotations

import pytest

from accounts.models import User
from demo import staff
from home import initial_pages

pytestmark = pytest.mark.django_db


def test_the_password_of_new_accounts_is_shown_once_and_opens_each(monkeypatch):
    monkeypatch.delenv("DEMO_ADMIN_PASSWORD", raising=False)
    initial_pages.create()

    password = staff.make()

    accounts = User.objects.filter(email__in=[email for email, *_ in staff.STAFF])
    assert len(accounts) == 3
    assert all(account.check_password(password) for account in accounts)
    assert [account.email for account in accounts if account.is_superuser] == ["admin@example.org"]
    assert staff.make() is None


def test_a_password_of_ones_own_takes_the_place_of_the_first(monkeypatch):
    initial_pages.create()
    monkeypatch.setenv("DEMO_ADMIN_PASSWORD", "a phrase of my own")

    assert staff.make() == "a phrase of my own"
    assert User.objects.get(email="editor@example.org").check_password("a phrase of my own")
