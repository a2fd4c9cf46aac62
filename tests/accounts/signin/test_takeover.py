"""Ways to get into somebody else's account, each of them tried."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from accounts.models import User
from demo.stand_in.people import FORGERIES
from mail.models import QueuedEmail
from tests.support.stand_in import (  # fmt: skip
    MARIA,
    PASSWORD,
    choose,
    finish_login,
    fresh_limits,
    mailed_code,
    make_member,
    reader,
    sign_in,
    stand_in,
    start_login,
)

__all__ = ["fresh_limits", "stand_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in")]


@pytest.mark.parametrize("provider", ["google", "openid_connect"])
@pytest.mark.parametrize("forgery", [one.id for one in FORGERIES])
def test_an_id_token_that_is_not_what_it_should_be_opens_nothing(client, provider, forgery):
    if (provider, forgery) == ("google", "swapped"):
        pytest.skip("Google's profile is not asked when there is an ID token, so the two cannot differ.")
    sign_in(client, provider)
    client.logout()

    response = finish_login(client, provider, forgery)

    assert response.status_code == 400
    assert reader(client) is None
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize("provider", ["google", "wordpress", "openid_connect"])
def test_an_account_is_known_by_its_number_and_not_by_its_address(client, provider):
    sign_in(client, provider, "maria")
    maria = reader(client)
    client.logout()

    finish_login(client, provider, "moved")

    assert reader(client) == maria
    maria.refresh_from_db()
    assert maria.email == MARIA


@pytest.mark.parametrize("provider", ["google", "wordpress", "openid_connect"])
def test_an_address_given_to_somebody_new_does_not_bring_the_old_account_along(client, provider):
    sign_in(client, provider, "maria")
    newcomer = Client()

    response = finish_login(newcomer, provider, "namesake")

    assert response.url == "/accounts/login/code/confirm/"
    assert reader(newcomer) is None
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize("provider", ["microsoft", "facebook"])
def test_an_address_the_provider_lets_anybody_set_joins_nothing(client, provider):
    make_member()
    response = finish_login(client, provider, "namesake")
    response = client.post(response.url, {"name": "Mario", "email": MARIA.upper()})

    client.post(response.url, {"code": "ABC-DEF"})

    assert reader(client) is None
    assert not SocialAccount.objects.exists()


def test_a_password_set_before_the_owner_came_is_worth_nothing_afterwards(client):
    squatter = Client()
    squatter.post("/accounts/signup/", {"name": "Squatter", "email": MARIA, "password1": PASSWORD})

    response = finish_login(client, "google", "maria")
    client.post(response.url, {"code": mailed_code()})
    squatter.post("/accounts/login/", {"login": MARIA, "password": PASSWORD})

    assert reader(client).email == MARIA
    assert not reader(client).has_usable_password()
    assert reader(squatter) is None


def test_a_session_begun_before_the_owner_came_does_not_grow_into_theirs(client):
    squatter = Client()
    there = squatter.post(
        "/accounts/signup/", {"name": "Squatter", "email": MARIA, "password1": PASSWORD}
    ).url
    response = finish_login(client, "google", "maria")
    client.post(response.url, {"code": mailed_code()})

    squatter.get(there)
    squatter.get("/accounts/me/")

    assert reader(squatter) is None


def test_three_wrong_codes_end_the_attempt(client):
    make_member()
    there = finish_login(client, "google", "maria").url
    code = mailed_code()
    for _ in range(3):
        client.post(there, {"code": "ZZZ-ZZZ"})

    client.post(there, {"code": code})

    assert reader(client) is None


def test_a_code_is_of_no_use_in_another_browser(client):
    make_member()
    finish_login(client, "google", "maria")
    code = mailed_code()
    other = Client()
    there = finish_login(other, "google", "namesake").url

    other.post(there, {"code": code})

    assert reader(other) is None


def test_an_account_elsewhere_that_opens_one_account_is_not_moved_to_another(client):
    sign_in(client, "x", "maria")
    thief = Client()
    sign_in(thief, "google", "layla")

    finish_login(thief, "x", "maria", process="connect")

    assert SocialAccount.objects.get(provider="x").user == reader(client)


def test_whoever_is_signed_out_connects_nothing(client):
    victim = make_member()
    there = choose(start_login(client, "google", process="connect"), "layla")

    client.get(there)

    assert not SocialAccount.objects.filter(user=victim).exists()


def test_an_answer_meant_for_a_thiefs_browser_does_not_sign_a_victim_in(client):
    thief = Client()
    there = choose(start_login(thief, "google"), "layla")
    sign_in(client, "wordpress", "maria")

    response = client.get(there)

    assert response.status_code == 400
    assert SocialAccount.objects.filter(user=reader(client)).count() == 1


def test_the_answer_of_one_provider_does_not_count_as_anothers(client):
    there = choose(start_login(client, "google"), "maria")

    response = client.get(there.replace("/accounts/google/", "/accounts/wordpress/"))

    assert response.status_code == 400
    assert reader(client) is None


@pytest.mark.parametrize("path", ["google/login/token/", "facebook/login/token/", "google/one-tap/"])
def test_no_address_takes_a_token_from_a_script(client, path):
    assert client.post(f"/accounts/{path}", {"credential": "x", "access_token": "x"}).status_code == 404


def test_no_link_adds_to_what_a_provider_is_asked_for(client):
    address = client.post(
        "/accounts/google/login/?scope=drive&auth_params=prompt%3Dnone&action=rerequest"
    ).url

    assert "drive" not in address
    assert "prompt" not in address


def test_a_strangers_address_is_added_to_no_account_before_its_owner_says_so(client):
    victim = make_member()
    sign_in(client, "google", "layla")

    client.post("/accounts/email/", {"action_add": "", "email": MARIA})

    assert list(EmailAddress.objects.filter(email=MARIA).values_list("user", flat=True)) == [victim.pk]


@pytest.mark.parametrize("lookalike", ["mar\u0131a.alvarez@example.com", "maria.alvarez@e\u1e8bample.com"])
def test_an_email_goes_to_no_address_that_only_looks_alike(client, lookalike):
    make_member()

    client.post("/accounts/password/reset/", {"email": lookalike})

    assert not QueuedEmail.objects.filter(text__contains="/password/reset/key/").exists()


def test_an_account_that_was_closed_stays_closed_to_every_provider(client):
    sign_in(client, "google")
    User.objects.update(is_active=False)
    client.logout()

    finish_login(client, "google", "maria")

    assert reader(client) is None


def test_the_last_way_in_cannot_be_thrown_away(client):
    sign_in(client, "google")

    client.post("/accounts/connections/", {"account": SocialAccount.objects.get().pk})

    assert SocialAccount.objects.exists()


def test_a_password_is_asked_for_again_before_the_ways_in_change(client):
    make_member()
    client.post("/accounts/login/", {"login": MARIA, "password": PASSWORD})

    finish_login(client, "google", "layla", process="connect")
    factor = client.get("/accounts/2fa/totp/activate/")

    assert not SocialAccount.objects.exists()
    assert factor.url.startswith("/accounts/reauthenticate/")


def test_nothing_of_a_providers_answer_is_kept_but_its_number(client):
    for provider in ("google", "x", "wordpress", "openid_connect"):
        sign_in(Client(), provider, "dana" if provider == "x" else "maria")
        client.logout()

    assert SocialAccount.objects.exists()
    assert set(map(str, SocialAccount.objects.values_list("extra_data", flat=True))) == {"{}"}
