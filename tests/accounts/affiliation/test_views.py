"""A member requests verification, confirms it by the link from the e-mail, and withdraws it."""

from __future__ import annotations

import pytest

from accounts.affiliation import verification
from accounts.affiliation.badges import AuthorBadge, badges_for
from accounts.models import Affiliation
from mail.models import QueuedEmail
from tests.support.affiliations import (
    AT_WORK,
    confirm_link,
    make_member_at_work,
    make_organisation,
)
from tests.support.factories import make_user
from tests.support.stand_in import fresh_limits

__all__ = ["fresh_limits"]
pytestmark = pytest.mark.django_db


def test_an_email_to_an_address_there_confirms_it(client):
    organisation, user = make_organisation(), make_member_at_work()
    client.force_login(user)

    client.post("/accounts/me/organization/", {"organisation": organisation.pk})
    assert QueuedEmail.objects.get().to == AT_WORK
    there = confirm_link()
    assert client.get(there).status_code == 200
    assert not badges_for([user])[user.pk].verified
    client.post(there)

    user.refresh_from_db()
    assert badges_for([user]) == {user.pk: AuthorBadge("Superintendent", "Northern District", verified=True)}


def test_a_link_counts_once_and_for_its_owner_alone(client):
    organisation, user = make_organisation(), make_member_at_work()
    verification.request(user, organisation)
    there = confirm_link()
    client.force_login(make_user())
    assert client.post(there).status_code == 410

    client.force_login(user)
    assert client.post(there).status_code == 302
    client.post("/accounts/me/organization/withdraw/")

    assert client.post(there).status_code == 410
    assert not Affiliation.objects.valid().exists()


def test_without_an_address_there_an_editor_is_asked(client):
    organisation, user = make_organisation(), make_user()
    client.force_login(user)

    client.post("/accounts/me/organization/", {"organisation": organisation.pk})

    assert Affiliation.objects.pending().get().user == user
    assert not QueuedEmail.objects.exists()
    assert not Affiliation.objects.valid().exists()


def test_whoever_asks_too_often_waits(client):
    organisation, user = make_organisation(), make_member_at_work()
    client.force_login(user)

    responses = [
        client.post("/accounts/me/organization/", {"organisation": organisation.pk}) for _ in range(6)
    ]

    assert [response.status_code for response in responses] == [302] * 5 + [429]
