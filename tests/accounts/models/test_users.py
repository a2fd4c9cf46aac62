"""An account: its address, its name, and what follows from a change of organization."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from accounts.models import User
from tests.support.affiliations import (
    confirmed,
    make_affiliated,
    make_member_at_work,
    make_organisation,
)
from tests.support.factories import make_user
from tests.support.stand_in import fresh_limits

__all__ = ["fresh_limits"]
pytestmark = pytest.mark.django_db


def test_two_accounts_cannot_have_one_address_in_another_case():
    make_user(email="ada@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_user(email="ADA@example.org")


def test_an_account_is_found_by_its_address_in_any_case():
    user = make_user(email="ada@example.org")

    assert User.objects.get_by_natural_key("Ada@Example.org") == user


def test_an_account_without_a_name_is_called_by_its_number_and_never_by_its_address():
    user = make_user(name="", email="secret@example.org")

    assert user.get_full_name() == f"Member {user.pk}"


def test_only_verified_addresses_of_the_account_count_in_lower_case():
    user = make_user()
    EmailAddress.objects.create(user=user, email="Ada@Work.example", verified=True)
    EmailAddress.objects.create(user=user, email="ada@elsewhere.example", verified=False)
    EmailAddress.objects.create(user=make_user(), email="grace@example.org", verified=True)

    assert user.verified_emails == ["ada@work.example"]


@pytest.mark.parametrize(
    ("changes", "stays"),
    [
        ({"name": "Ada P. Plover"}, True),
        ({"role": "Superintendent"}, False),
        ({"organisation": "Southern Collaborative"}, False),
    ],
)
def test_an_affiliation_that_no_longer_fits_ends(changes, stays):
    affiliation = make_affiliated(name="Ada Plover", role="Director")
    user = User.objects.get(pk=affiliation.user_id)
    assert user.organisation == "Northern Collaborative"

    profile = {"name": user.name, "role": user.role, "organisation": user.organisation}
    user.update_profile(**profile | changes)

    affiliation.refresh_from_db()
    assert affiliation.is_valid is stays
    assert User.objects.filter(pk=user.pk, **changes).exists()


def test_people_are_found_by_the_role_they_state():
    grace = make_member_at_work()
    confirmed(grace, make_organisation())
    make_user(role="superintendent")

    assert list(User.objects.verified(role="superintendent")) == [grace]
    assert not User.objects.verified(role="Teacher").exists()
