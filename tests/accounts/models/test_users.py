"""An account: its address, its name, and what follows from a change of organization."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Affiliation, DeletionRequest, Organisation, User
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db


def make_affiliated(**fields) -> Affiliation:
    """Make a person whose organization was verified by an editor."""
    organisation = Organisation.objects.create(name="Northern Collaborative")
    affiliation = Affiliation(user=make_user(**fields), organisation=organisation)
    affiliation.confirm_by_editor(by=make_user(name="Ed Itor"))
    return affiliation


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


def test_a_verified_organization_expires():
    affiliation = make_affiliated()

    Affiliation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    affiliation.refresh_from_db()
    assert affiliation.has_expired
    assert not User.objects.verified().exists()


def test_a_deletion_request_is_due_once_its_grace_period_is_over():
    early, late = (DeletionRequest.objects.create(user=make_user()) for _ in range(2))
    assert not DeletionRequest.objects.due().exists()

    DeletionRequest.objects.filter(pk=early.pk).update(due_at=timezone.now())

    assert list(DeletionRequest.objects.due()) == [early]
    assert late.due_at - late.requested_at > timedelta(days=6)
