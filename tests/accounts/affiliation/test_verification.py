"""An organization beside a name is confirmed by an address there or by an editor, for a year."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.affiliation import verification
from accounts.models import AccountEvent, Affiliation
from tests.support.affiliations import (
    AT_WORK,
    confirm_link,
    confirmed,
    make_member_at_work,
    make_organisation,
)
from tests.support.factories import make_user
from tests.support.stand_in import fresh_limits

__all__ = ["fresh_limits"]
pytestmark = pytest.mark.django_db


def test_a_link_grows_too_old(client):
    user = make_member_at_work()
    verification.request(user, make_organisation())
    client.force_login(user)

    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert client.get(confirm_link()).status_code in (302, 410)
        assert verification.from_token(confirm_link().split("/")[-2], user) is None


@pytest.mark.parametrize("address", ["grace@sub.northern.k12.example", "northern.k12.example@gmail.example"])
def test_an_address_somewhere_like_it_confirms_nothing(address):
    user = make_member_at_work(address=address)

    assert verification.email_at(user, make_organisation()) == ""


def test_an_address_that_is_not_proven_confirms_nothing():
    user = make_user()
    EmailAddress.objects.create(user=user, email=AT_WORK, verified=False)

    assert verification.email_at(user, make_organisation()) == ""


@pytest.mark.parametrize(("way", "changes", "is_valid"), [
    ("address", {"role": "Teacher"}, True),
    ("editor", {"role": "Teacher"}, False),
    ("address", {"organisation": "Elsewhere"}, False),
    ("editor", {"name": "G. Heron"}, True),
])  # fmt: skip
def test_saying_something_else_about_oneself_ends_what_was_confirmed_about_it(way, changes, is_valid):
    user = make_member_at_work()
    affiliation = confirmed(user, make_organisation())
    if way == "editor":
        verification.confirm_by_editor(affiliation, by=make_user())
    user.refresh_from_db()
    before = {"name": user.name, "role": user.role, "organisation": user.organisation}

    verification.update_profile(user, **before | changes)

    assert Affiliation.objects.valid().exists() is is_valid
    assert AccountEvent.objects.filter(details="expired: Northern District").exists() is not is_valid
