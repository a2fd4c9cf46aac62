"""What people say of themselves, tidied."""

from __future__ import annotations

import pytest

from accounts.models import Organisation
from tests.support.stand_in import (  # fmt: skip
    fresh_limits,
    reader,
    sign_in,
)

__all__ = ["fresh_limits"]
pytestmark = pytest.mark.django_db


def test_one_says_what_one_does_and_where(client, member):
    Organisation.objects.create(name="Northern District")
    assert "Northern District" in client.get("/accounts/me/about/").content.decode()
    fields = {"name": "Maria A.", "role": " Head\u202e  of schools ", "organisation": "Northern District"}

    client.post("/accounts/me/about/", fields)

    member.refresh_from_db()
    assert (member.name, member.role) == ("Maria A.", "Head of schools")
    assert member.organisation == "Northern District"


def test_a_name_can_be_changed(client):
    sign_in(client, "google")

    assert client.post("/accounts/me/about/", {"name": "me@example.com"}).status_code == 422
    client.post("/accounts/me/about/", {"name": "Maria A."})

    assert reader(client).name == "Maria A."
