"""A verified affiliation lasts a year, and no longer than the address that verifies it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import Affiliation, Domain, User
from tests.support.affiliations import (
    AT_WORK,
    confirmed,
    make_affiliated,
    make_member_at_work,
    make_organisation,
)
from tests.support.stand_in import fresh_limits

__all__ = ["fresh_limits"]
pytestmark = pytest.mark.django_db


def test_it_lasts_a_year():
    user = make_member_at_work()
    confirmed(user, make_organisation())

    with time_machine.travel(timezone.now() + timedelta(days=364), tick=False):
        assert Affiliation.objects.valid().exists()
    with time_machine.travel(timezone.now() + timedelta(days=366), tick=False):
        assert not Affiliation.objects.valid().exists()
        assert user.affiliation.has_expired


def test_it_ends_with_the_address():
    user = make_member_at_work()
    confirmed(user, make_organisation())

    EmailAddress.objects.filter(email=AT_WORK).delete()

    assert not Affiliation.objects.valid().exists()


def test_it_ends_when_the_domain_is_no_longer_the_organizations():
    confirmed(make_member_at_work(), make_organisation())

    Domain.objects.all().delete()

    assert not Affiliation.objects.valid().exists()


def test_a_verified_organization_expires():
    affiliation = make_affiliated()

    Affiliation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    affiliation.refresh_from_db()
    assert affiliation.has_expired
    assert not User.objects.verified().exists()
