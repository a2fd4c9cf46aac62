"""What allauth refuses for being too much looks and works like everything else that is refused here."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.signin.too_many_requests import format_wait
from mail.models import QueuedEmail
from tests.accounts.signin.test_rate_limits import LIMITED, half_way, with_factor
from tests.support.comments import visible_text
from tests.support.stand_in import (  # fmt: skip
    MARIA,
    finish_login,
    fresh_limits,
    mailed_code,
    make_member,
    reader,
    stand_in,
)

__all__ = ["fresh_limits", "stand_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in")]
PAGES = {name: limited for name, limited in LIMITED.items() if not name.startswith("discussion_")}


def sign_up_with(client, provider, choice):
    response = finish_login(client, provider, choice)
    return client.post(response.url, {"name": "Dana Whitfield", "email": MARIA})


@pytest.mark.parametrize("name", PAGES)
def test_every_limit_answers_with_the_time_to_wait_and_a_way_on(client, name):
    come, knock, most = PAGES[name]
    come(client)

    response = [knock(client) for _ in range(most + 1)][-1]

    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 60 * 60
    text = visible_text(response)
    assert "ait " in text
    assert "Sign in" in text or "Back to your account" in text or "Go to the home page" in text


def test_a_second_provider_with_the_same_address_gets_a_code_at_once(client):
    """Somebody presses one button, then another."""
    sign_up_with(client, "x", "dana")
    elsewhere = Client()

    response = sign_up_with(elsewhere, "facebook", "thomas")

    assert response.url == "/accounts/confirm-email/"
    assert QueuedEmail.objects.count() == 2


def test_whoever_presses_on_is_led_back_to_where_the_sign_in_began(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"confirm_email": "1/m/key"}
    sign_up_with(Client(), "x", "dana")

    response = sign_up_with(client, "facebook", "thomas")

    assert response.status_code == 429
    assert 50 < int(response["Retry-After"]) <= 60
    assert "Sign in another way" in visible_text(response)
    assert "/accounts/login/?next=%2Fabout%2F" in response.content.decode()


def test_a_code_that_is_under_way_can_still_be_entered(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"confirm_email": "1/m/key"}
    sign_up_with(client, "x", "dana")

    response = finish_login(client, "x", "dana")
    client.post("/accounts/confirm-email/", {"code": mailed_code()})

    assert response.status_code == 429
    assert "Enter the code" in visible_text(response)
    assert reader(client).email == MARIA


def test_a_mailbox_that_got_too_many_emails_is_said_to_have_got_them(client):
    """Until now the page said that an e-mail was sent, and none was."""
    make_member()
    for number in range(7):
        with time_machine.travel(timezone.now() + timedelta(minutes=number), tick=False):
            response = client.post("/accounts/password/reset/", {"email": MARIA})

    assert QueuedEmail.objects.count() == 6
    assert response.status_code == 429
    assert response["Retry-After"] == "3600"
    assert "several e-mails to this address" in visible_text(response)


def test_one_network_address_does_not_use_up_what_a_mailbox_may_get(client):
    make_member()
    for number in range(20):
        with time_machine.travel(timezone.now() + timedelta(minutes=number), tick=False):
            client.post("/accounts/password/reset/", {"email": MARIA})

    response = Client(REMOTE_ADDR="203.0.113.7").post("/accounts/password/reset/", {"email": MARIA})

    assert response.status_code == 302
    assert QueuedEmail.objects.count() == 7


@pytest.mark.parametrize(
    ("come", "name"), [(with_factor, "mfa_reauthenticate"), (half_way, "mfa_authenticate")]
)
def test_whoever_got_codes_wrong_is_told_how_long_it_really_takes(client, come, name):
    come(client)
    for _ in range(10):
        first = client.post(reverse(name), {"code": "000000"})

    with time_machine.travel(timezone.now() + timedelta(seconds=200)):
        later = client.post(reverse(name), {"code": "000000"})

    assert 290 < int(first["Retry-After"]) <= 300
    assert 90 < int(later["Retry-After"]) <= 100


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (1, "1 second"),
        (60, "60 seconds"),
        (61, "2 minutes"),
        (300, "5 minutes"),
        (3601, "2 hours"),
        (86400, "24 hours"),
    ],
)
def test_a_time_to_wait_is_rounded_up(seconds, text):
    assert format_wait(seconds) == text
