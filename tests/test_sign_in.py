"""Signing in with a provider, by the real library, over HTTP, against the stand-in."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.sessions.models import Session
from django.http import Http404
from django.test import Client

from accounts import journeys
from accounts.models import User
from mail.models import Letter
from tests.makes import make_user
from tests.stand_in import PROVIDERS, choose, come_back, fresh_limits, mailed_code, set_out, sign_in, stand_in

__all__ = ["fresh_limits", "stand_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in")]
MARIA = "maria.alvarez@example.com"


def make_member(email: str = MARIA, **fields) -> User:
    """Somebody whose address is proven, with a password."""
    member = make_user(email=email, password="tumbling wheat bins", **fields)
    journeys.vouch_for_address(member)
    return member


def reader(client: Client) -> User | None:
    """Who the site thinks is reading."""
    return User.objects.filter(pk=client.session.get("_auth_user_id")).first()


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_provider_signs_a_reader_in_and_back_to_where_they_were(client, provider):
    response = sign_in(client, provider, next="/about/?talk=2")

    assert response.status_code == 302
    assert response.url == "/about/?talk=2"
    assert reader(client).name == "Maria Alvarez"
    assert SocialAccount.objects.get().provider == provider


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_second_time_one_comes_straight_in(client, provider):
    sign_in(client, provider)
    client.logout()

    response = come_back(client, provider, "maria")

    assert response.url == "/about/"
    assert User.objects.count() == 1
    assert reader(client)


@pytest.mark.parametrize("provider", ["google", "wordpress", "openid_connect"])
def test_an_address_the_provider_verified_is_not_proven_again(client, provider):
    come_back(client, provider, "maria")

    assert reader(client).email == MARIA
    assert not Letter.objects.exists()


@pytest.mark.parametrize("provider", ["microsoft", "facebook"])
def test_an_address_the_provider_does_not_vouch_for_is_proven_by_a_code(client, provider):
    response = come_back(client, provider, "maria")

    assert response.url == "/accounts/connections/signup/"
    response = client.post(response.url, {"name": "Maria Alvarez", "email": MARIA})
    assert response.url == "/accounts/confirm-email/"
    assert reader(client) is None

    response = client.post(response.url, {"code": mailed_code()})

    assert response.url == "/about/"
    assert reader(client).email == MARIA


def test_x_gives_no_address_so_one_is_asked_for_and_the_journey_still_ends_where_it_began(client):
    response = come_back(client, "x", "dana", next="/blog/")
    page = client.get(response.url)
    assert page.context["form"].initial == {"name": "Dana Whitfield", "email": ""}

    response = client.post(response.url, {"name": "Dana Whitfield", "email": "Dana@Example.com"})
    response = client.post(response.url, {"code": mailed_code()})

    assert response.url == "/blog/"
    assert reader(client).email == "dana@example.com"


def test_a_wrong_code_lets_nobody_in(client):
    response = come_back(client, "x", "dana")
    response = client.post(response.url, {"name": "Dana", "email": "dana@example.com"})

    client.post(response.url, {"code": "000-000"})

    assert reader(client) is None


def test_a_provider_that_tells_no_name_makes_us_ask_and_never_guess_from_the_address(client):
    response = come_back(client, "google", "nameless")
    form = client.get(response.url).context["form"]
    assert form.initial["name"] == ""
    assert "email" not in form.fields

    response = client.post(response.url, {"name": " Ruth  Osei "})

    assert response.url == "/about/"
    assert reader(client).name == "Ruth Osei"
    assert reader(client).email == "r.osei@example.com"


@pytest.mark.parametrize("name", ["", "   ", "r.osei@example.com", "x" * 151])
def test_what_is_no_name_is_refused_in_words(client, name):
    there = come_back(client, "google", "nameless").url

    response = client.post(there, {"name": name})

    assert response.status_code == 200
    assert response.context["form"].errors["name"]
    assert not User.objects.exists()


def test_a_name_that_is_too_long_is_offered_cut_between_words(client):
    response = come_back(client, "google", "long")
    offered = client.get(response.url).context["form"].initial["name"]

    assert len(offered) <= 150
    assert offered.endswith(("Maximiliana", "Wilhelmina", "Theodora"))


def test_a_name_in_another_script_stays_as_it_is(client):
    sign_in(client, "openid_connect", "layla")

    assert reader(client).name == "ليلى حداد"


@pytest.mark.parametrize("provider", PROVIDERS)
def test_saying_no_is_answered_kindly(client, provider):
    response = come_back(client, provider, "denied", next="/blog/")

    assert response.status_code == 200
    assert 'href="/blog/"' in response.content.decode()
    assert reader(client) is None


MISHAPS = ["expired", "wrong-state", "unknown-error", "error", "broken", "incomplete"]


@pytest.mark.parametrize("mishap", MISHAPS)
@pytest.mark.parametrize("provider", PROVIDERS)
def test_whatever_goes_wrong_there_is_a_page_and_a_way_back(client, provider, mishap):
    response = come_back(client, provider, mishap, next="/blog/")

    assert response.status_code == 400
    assert 'href="/blog/"' in response.content.decode()
    assert reader(client) is None


def test_a_provider_that_takes_too_long_is_not_waited_for(client, settings):
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.5

    response = come_back(client, "google", "slow")

    assert response.status_code == 400


@pytest.mark.parametrize("server", ["http://127.0.0.1:1", "{stand_in}/broken", "{stand_in}/nowhere"])
def test_an_openid_connect_server_that_is_gone_is_said_so(client, settings, server):
    entry = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    app = {
        **entry["APPS"][0],
        "settings": {"server_url": server.format(stand_in=f"http://127.0.0.1:{settings.STAND_IN_PORT}")},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        **settings.SOCIALACCOUNT_PROVIDERS,
        "openid_connect": {**entry, "APPS": [app]},
    }

    response = client.post("/accounts/openid_connect/login/", {"next": "/blog/"})

    assert response.status_code == 400
    assert 'href="/blog/"' in response.content.decode()


@pytest.mark.parametrize("choice", ["maria", "denied", "broken", "wrong-state"])
def test_a_draft_in_the_session_survives_the_journey(client, choice):
    session = client.session
    session["draft"] = "What about the smaller districts?"
    session.save()
    client.cookies["colloquy_session"] = session.session_key

    come_back(client, "google", choice)

    assert client.session["draft"] == "What about the smaller districts?"


def test_an_unverified_address_never_opens_somebody_elses_account(client):
    make_member()

    response = come_back(client, "facebook", "maria")
    response = client.post(response.url, {"name": "Not Maria", "email": MARIA})

    assert response.url == "/accounts/confirm-email/"
    assert reader(client) is None
    assert not SocialAccount.objects.exists()
    letter = Letter.objects.get()
    assert letter.to == MARIA
    assert "account with this address already" in letter.text
    assert not Letter.objects.filter(text__contains="Not Maria").exists()


def test_a_verified_address_joins_the_account_that_has_it_only_after_a_code(client):
    maria = make_member(name="M. Alvarez")

    response = come_back(client, "google", "maria", next="/blog/")
    assert response.url == "/accounts/login/code/confirm/"
    assert reader(client) is None
    assert not SocialAccount.objects.exists()

    response = client.post(response.url, {"code": mailed_code()})

    assert response.url == "/blog/"
    assert reader(client) == maria
    assert SocialAccount.objects.get().user == maria
    assert maria.name == "M. Alvarez"


def test_after_joining_the_provider_opens_the_account_without_a_code(client):
    maria = make_member()
    response = come_back(client, "google", "maria")
    client.post(response.url, {"code": mailed_code()})
    client.logout()

    response = come_back(client, "google", "maria")

    assert response.url == "/about/"
    assert reader(client) == maria


def test_whoever_signed_up_with_a_strangers_address_does_not_wait_behind_the_door(client):
    squatter = Client()
    response = come_back(squatter, "x", "thomas")
    squatter.post(response.url, {"name": "Squatter", "email": MARIA})
    assert SocialAccount.objects.filter(provider="x").exists()

    response = come_back(client, "google", "maria")
    client.post(response.url, {"code": mailed_code()})

    assert reader(client).email == MARIA
    assert list(SocialAccount.objects.values_list("provider", flat=True)) == ["google"]


def test_setting_a_password_by_letter_takes_away_what_a_stranger_connected(client):
    squatter = Client()
    response = come_back(squatter, "x", "thomas")
    squatter.post(response.url, {"name": "Squatter", "email": MARIA})

    client.post("/accounts/password/reset/", {"email": MARIA})
    letter = Letter.objects.latest("pk").text
    there = next(word for word in letter.split() if "/password/reset/key/" in word)
    form = client.get(there, follow=True)
    client.post(
        form.request["PATH_INFO"], {"password1": "tumbling wheat bins", "password2": "tumbling wheat bins"}
    )

    assert User.objects.get().has_usable_password()
    assert not SocialAccount.objects.exists()


def test_starting_over_forgets_the_mistyped_address(client):
    response = come_back(client, "x", "dana")
    client.post(response.url, {"name": "Dana Whitfield", "email": "dnaa@example.com"})

    response = client.post("/accounts/start-over/")

    assert response.url == "/accounts/login/"
    assert not User.objects.exists()
    assert client.get("/accounts/login/").status_code == 200


def test_starting_over_looks_the_same_where_the_address_has_an_account(client):
    member = make_member("dana@example.com")
    response = come_back(client, "x", "dana")
    client.post(response.url, {"name": "Dana Whitfield", "email": "dana@example.com"})
    page = client.get("/accounts/confirm-email/").content.decode()

    response = client.post("/accounts/start-over/")

    assert "/accounts/start-over/" in page
    assert response.url == "/accounts/login/"
    assert User.objects.get() == member


def test_the_word_false_is_no_verification(client, monkeypatch):
    from demo.stand_in import profiles

    told = profiles.claims
    monkeypatch.setattr(profiles, "claims", lambda *about: {**told(*about), "email_verified": "false"})
    make_member()

    response = come_back(client, "openid_connect", "maria")

    assert response.url == "/accounts/connections/signup/"


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("choice", ["nameless", "maria"])
def test_no_token_is_kept(client, provider, choice):
    come_back(client, provider, choice)

    kept = str([session.get_decoded() for session in Session.objects.all()])
    assert "'token'" not in kept
    assert "access_token" not in kept
    assert not SocialToken.objects.exists()


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "http://127.0.0.1:8000/",
        "javascript:alert(1)",
        "\t//evil.example",
    ],
)
def test_a_journey_never_ends_on_another_site(client, elsewhere):
    response = sign_in(client, "google", next=elsewhere)

    assert response.url == "/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_a_password_leads_nowhere_else_either(client, elsewhere):
    make_member()

    response = client.post(
        "/accounts/login/", {"login": MARIA, "password": "tumbling wheat bins", "next": elsewhere}
    )

    assert response.status_code == 302
    assert response.url == "/"


def test_a_link_alone_begins_no_journey(client):
    response = client.get("/accounts/google/login/?next=/blog/")

    assert response.status_code == 200
    assert "<form" in response.content.decode()


def test_a_strangers_page_cannot_press_the_button():
    careful = Client(enforce_csrf_checks=True)

    assert careful.post("/accounts/google/login/").status_code == 403


def test_signing_out_needs_a_post(client):
    sign_in(client, "google")

    assert client.get("/accounts/logout/").status_code == 200
    assert reader(client)

    client.post("/accounts/logout/")
    assert reader(client) is None


def test_a_provider_without_credentials_is_not_offered(client, settings, rf):
    settings.SOCIALACCOUNT_PROVIDERS = {"google": settings.SOCIALACCOUNT_PROVIDERS["google"]}

    assert [offer.id for offer in journeys.offered()] == ["google"]
    assert client.post("/accounts/x/login/").status_code == 404
    assert client.get("/accounts/x/login/callback/?code=1&state=2").status_code == 404
    with pytest.raises(Http404):
        journeys.begin_sign_in(rf.post("/"), "x", back_to="/")


def test_offers_come_in_the_same_order_and_cost_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        offers = journeys.offered()

    assert [offer.id for offer in offers] == PROVIDERS
    assert [offer.icon for offer in offers] == [*PROVIDERS[:-1], "openid"]
    assert offers[0].label == "Sign in with Google"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "about/", ""])
def test_a_room_cannot_send_readers_elsewhere(rf, client, elsewhere):
    request = client.get("/accounts/login/").wsgi_request

    with pytest.raises(ValueError, match="this site"):
        journeys.begin_sign_in(request, "google", back_to=elsewhere)


@pytest.mark.parametrize("provider", [*PROVIDERS])
def test_a_code_counts_once(client, provider):
    there = choose(set_out(client, provider), "maria")
    client.get(there)
    again = Client()

    response = again.get(there)

    assert response.status_code == 400
    assert reader(again) is None


def test_a_code_from_somebody_elses_browser_counts_nothing(client):
    theirs = choose(set_out(Client(), "google"), "maria")

    response = client.get(theirs)

    assert response.status_code == 400
    assert reader(client) is None


def test_the_site_says_what_one_signed_in_with(client, rf):
    sign_in(client, "wordpress")
    page = client.get("/accounts/me/")

    assert page.context["signed_in_with"] == "WordPress.com"
    assert "Maria Alvarez" in page.content.decode()


def test_a_password_is_no_provider(client):
    member = make_member()
    client.post("/accounts/login/", {"login": MARIA, "password": "tumbling wheat bins"})

    assert reader(client) == member
    assert client.get("/accounts/me/").context["signed_in_with"] is None


def test_signing_out_to_change_accounts_can_keep_the_draft(client):
    sign_in(client, "google")
    request = client.get("/accounts/me/").wsgi_request
    request.session["draft"], request.session["secret"] = "half a thought", "mine"

    journeys.sign_out(request, keep=["draft"])

    assert dict(request.session.items()) == {"draft": "half a thought"}
    assert not request.user.is_authenticated


def test_a_second_provider_is_connected_and_taken_away_again(client):
    sign_in(client, "google")
    maria = reader(client)

    come_back(client, "x", "maria", process="connect", next="/accounts/connections/")
    assert {offer.id for offer, _ in journeys.connected(maria)} == {"google", "x"}

    page = client.get("/accounts/connections/")
    assert page.status_code == 200
    client.post("/accounts/connections/", {"account": SocialAccount.objects.get(provider="x").pk})
    assert [offer.id for offer, _ in journeys.connected(maria)] == ["google"]


def test_a_name_can_be_changed(client):
    sign_in(client, "google")

    assert client.post("/accounts/me/name/", {"name": "me@example.com"}).status_code == 422
    client.post("/accounts/me/name/", {"name": "Maria A."})

    assert reader(client).name == "Maria A."


SCREENS = [
    "login/", "signup/", "password/reset/", "password/reset/done/", "connections/login/cancelled/",
    "connections/login/error/", "google/login/", "inactive/",
]  # fmt: skip
MEMBERS_SCREENS = [
    "me/", "me/name/", "email/", "password/set/", "connections/", "2fa/", "2fa/totp/activate/",
    "2fa/webauthn/", "2fa/webauthn/add/", "logout/", "google/login/?process=connect",
]  # fmt: skip


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_stands_in_our_frame_and_is_kept_by_nobody(client, screen):
    response = client.get(f"/accounts/{screen}")

    page = response.content.decode()
    assert response.status_code in (200, 401)
    assert 'class="skip-link"' in page
    assert page.count("<h1") == 1
    assert "style=" not in page
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("screen", MEMBERS_SCREENS)
def test_every_members_screen_does_too(client, screen):
    sign_in(client, "google")

    test_every_screen_stands_in_our_frame_and_is_kept_by_nobody(client, screen)


def test_accounts_that_were_begun_and_never_proven_are_forgotten_after_days(client):
    response = come_back(client, "x", "dana")
    client.post(response.url, {"name": "Dana Whitfield", "email": "dana@example.com"})
    make_member()
    from datetime import timedelta

    from accounts import unproven

    assert unproven.forget() == 0
    assert unproven.forget(after=timedelta(0)) == 1
    assert list(User.objects.values_list("email", flat=True)) == [MARIA]


def test_nobody_learns_whether_an_address_has_an_account(client):
    EmailAddress.objects.create(user=make_user(email=MARIA), email=MARIA, verified=True, primary=True)

    taken = client.post(
        "/accounts/signup/", {"name": "A", "email": MARIA, "password1": "tumbling wheat bins"}
    )
    free = Client().post(
        "/accounts/signup/", {"name": "A", "email": "b@example.com", "password1": "tumbling wheat bins"}
    )

    assert (taken.status_code, taken.url) == (free.status_code, free.url)


def test_whoever_sets_out_too_often_waits(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"set_out": "2/m/ip"}
    statuses = [client.post("/accounts/google/login/").status_code for _ in range(3)]

    assert statuses == [302, 302, 429]
    assert client.post("/accounts/google/login/")["Retry-After"] == "60"
