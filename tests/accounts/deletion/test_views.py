"""A member asks for the deletion of the account, and cancels it on the page or by the link."""

from __future__ import annotations

import pytest

from accounts.deletion import service
from accounts.models import DeletionRequest, User
from mail.models import QueuedEmail
from tests.support.factories import make_user
from tests.support.stand_in import MARIA, PASSWORD, fresh_limits, make_member, reader, sign_in, stand_in
from tests.support.times import in_a_week

__all__ = ["fresh_limits", "stand_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in")]


def keep_link() -> str:
    words = QueuedEmail.objects.get(subject__contains="will be deleted").text.split()
    return next(word for word in words if "/keep/" in word).partition("8000")[2]


def test_what_goes_and_what_stays_is_said_first(client):
    sign_in(client, "google")

    page = client.get("/accounts/me/leave/").content.decode()

    assert "What will be deleted" in page
    assert "What will stay" in page
    assert not DeletionRequest.objects.exists()


def test_it_can_be_taken_back_on_ones_own_page(client):
    sign_in(client, "google")
    client.post("/accounts/me/leave/")

    client.post("/accounts/me/stay/")

    with in_a_week():
        assert service.delete_due() == 0
    assert reader(client)


def test_it_can_be_taken_back_by_the_email_without_signing_in(client):
    service.request(make_user())
    link = keep_link()

    assert client.get(link).status_code == 200
    assert DeletionRequest.objects.exists()
    client.post(link)

    assert not DeletionRequest.objects.exists()
    assert client.get(link).status_code == 410


@pytest.mark.parametrize("word", ["nonsense", "WyIxIiwgIngiXQ:1:2"])
def test_an_invented_link_keeps_nothing(client, word):
    service.request(make_user())

    assert client.post(f"/accounts/keep/{word}/").status_code == 410
    assert DeletionRequest.objects.exists()


def test_a_password_is_asked_for_first(client):
    make_member()
    client.post("/accounts/login/", {"login": MARIA, "password": PASSWORD})

    response = client.post("/accounts/me/leave/")

    assert response.url.startswith("/accounts/reauthenticate/")
    assert not DeletionRequest.objects.exists()


def test_the_last_administrator_stays(client):
    sign_in(client, "google")
    User.objects.update(is_superuser=True)

    assert client.post("/accounts/me/leave/").status_code == 409
    assert not DeletionRequest.objects.exists()
