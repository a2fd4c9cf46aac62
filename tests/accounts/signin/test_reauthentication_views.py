"""The page that asks for a mailed code, and what the code leads to."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import AccountEvent, DeletionRequest
from mail.models import QueuedEmail
from tests.support.reauthentication import AGAIN, type_a_code
from tests.support.stand_in import (  # fmt: skip
    MARIA,
    fresh_limits,
    mailed_code,
    sign_in,
    stand_in,
)

__all__ = ["fresh_limits", "stand_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in")]


def test_the_code_leads_on_to_what_was_begun(client, later):
    client.post("/accounts/me/leave/")

    response = type_a_code(client, "/accounts/me/leave/")

    assert response.status_code == 302
    assert DeletionRequest.objects.get().user == later


def test_the_code_leads_to_the_page_that_was_asked_for(client, later):
    client.get("/accounts/me/data/")

    assert type_a_code(client, "/accounts/me/data/").url == "/accounts/me/data/"
    assert client.get("/accounts/me/data/").status_code == 200


def test_asking_for_the_page_sends_no_email(client, later):
    page = client.get(AGAIN)

    assert page.status_code == 200
    assert not QueuedEmail.objects.exists()


def test_the_email_goes_to_the_address_of_the_account(client, later):
    client.post(AGAIN, {"send": "1", "email": "thief@example.com"})

    assert QueuedEmail.objects.get().to == MARIA


def test_three_wrong_codes_end_the_attempt(client, later):
    client.post(AGAIN, {"send": "1"})
    right = mailed_code()
    for _ in range(3):
        client.post(AGAIN, {"code": "WRONG-CODE"})

    client.post(AGAIN, {"code": right})

    assert client.get("/accounts/me/data/").status_code == 302
    assert AccountEvent.objects.filter(action=AccountEvent.Action.FAILED, person=later).count() == 3


def test_a_code_counts_once(client, later):
    type_a_code(client, "/accounts/me/")
    code = mailed_code()

    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        client.post(AGAIN, {"code": code})

        assert client.get("/accounts/me/data/").status_code == 302


def test_a_code_grows_too_old(client, later):
    client.post(AGAIN, {"send": "1"})
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        client.post(AGAIN, {"code": mailed_code()})

        assert client.get("/accounts/me/data/").status_code == 302


def test_a_code_of_another_session_counts_nothing(client, later):
    from django.test import Client

    other = Client()
    sign_in(other, "google")
    other.post(AGAIN, {"send": "1"})

    client.post(AGAIN, {"code": mailed_code()})

    assert client.get("/accounts/me/data/").status_code == 302


def test_nobody_has_codes_sent_all_day(client, later):
    responses = [client.post(AGAIN, {"send": "1"}).status_code for _ in range(6)]

    assert responses == [200] * 5 + [429]
    assert QueuedEmail.objects.count() == 5


def test_no_code_is_guessed_for_long(client, later):
    for _ in range(4):
        client.post(AGAIN, {"send": "1"})
        responses = [client.post(AGAIN, {"code": "WRONG-CODE"}).status_code for _ in range(3)]

    assert responses[-1] == 429


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/"])
def test_it_leads_to_no_other_site(client, later, elsewhere):
    assert type_a_code(client, elsewhere).url == "/accounts/me/"
