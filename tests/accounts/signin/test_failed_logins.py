"""Who is stopped after wrong passwords, and whom nobody can stop."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from accounts.signin import failed_logins
from mail.models import QueuedEmail
from tests.support.comments import visible_text
from tests.support.stand_in import MARIA, PASSWORD, fresh_limits, make_member, reader

__all__ = ["fresh_limits"]
pytestmark = pytest.mark.django_db
addresses = (f"198.51.{number // 250}.{number % 250}" for number in count())


def sign_in(client, password=PASSWORD, email=MARIA):
    return client.post("/accounts/login/", {"login": email, "password": password})


def fail(times, *, client=None):
    """Get the password wrong from one network address."""
    client = client or Client(REMOTE_ADDR=next(addresses))
    return [sign_in(client, "wrong") for _ in range(times)][-1]


def fail_from_everywhere():
    """Get the password wrong so often that all strangers are stopped."""
    for _ in range(20):
        fail(5)


def test_whoever_fails_on_purpose_stops_only_the_own_network_address():
    member = make_member()

    attacker = Client(REMOTE_ADDR=next(addresses))
    assert fail(6, client=attacker).status_code == 429
    sign_in(attacker)
    owner = Client(REMOTE_ADDR=next(addresses))
    sign_in(owner)

    assert reader(attacker) is None
    assert reader(owner) == member


def test_one_network_address_gets_so_many_wrong_in_a_day():
    member = make_member()
    client = Client(REMOTE_ADDR=next(addresses))

    for number in range(4):
        with time_machine.travel(timezone.now() + timedelta(minutes=6 * number), tick=False):
            fail(5, client=client)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        response = sign_in(client)
    with time_machine.travel(timezone.now() + timedelta(days=1, hours=1)):
        sign_in(client)

    assert response.status_code == 429
    assert int(response["Retry-After"]) > 20 * 60 * 60
    assert reader(client) == member


def test_wrong_passwords_from_many_network_addresses_stop_strangers():
    make_member()
    fail_from_everywhere()

    late = Client(REMOTE_ADDR=next(addresses))
    response = sign_in(late)

    assert reader(late) is None
    assert response.status_code == 429


def test_a_browser_that_has_signed_in_before_is_never_kept_out_by_others():
    member = make_member()
    browser = Client(REMOTE_ADDR=(here := next(addresses)))
    sign_in(browser)
    browser.post("/accounts/logout/")
    fail(6, client=Client(REMOTE_ADDR=here))
    fail_from_everywhere()

    sign_in(browser)

    assert reader(browser) == member


def test_a_known_browser_has_a_limit_of_its_own():
    make_member()
    browser = Client()
    sign_in(browser)
    browser.post("/accounts/logout/")

    response = fail(11, client=browser)
    sign_in(browser)

    assert response.status_code == 429
    assert reader(browser) is None


def test_what_is_got_wrong_in_one_known_browser_does_not_stop_another():
    member = make_member()
    browsers = [Client(REMOTE_ADDR=next(addresses)) for _ in range(2)]
    for browser in browsers:
        sign_in(browser)
        browser.post("/accounts/logout/")
    fail(11, client=browsers[0])
    fail_from_everywhere()

    sign_in(browsers[1])

    assert reader(browsers[1]) == member


def test_another_spelling_of_the_address_gives_no_further_attempts():
    make_member()
    client = Client(REMOTE_ADDR=next(addresses))

    spellings = [MARIA, MARIA.upper(), MARIA.title(), MARIA.capitalize(), MARIA, MARIA.swapcase()]
    responses = [sign_in(client, "wrong", email) for email in spellings]

    assert responses[-1].status_code == 429


def test_a_browser_is_known_only_for_accounts_it_has_been_in():
    make_member()
    make_member("other@example.org")
    browser = Client(REMOTE_ADDR=next(addresses))
    sign_in(browser, email="other@example.org")
    browser.post("/accounts/logout/")
    fail_from_everywhere()

    sign_in(browser)

    assert reader(browser) is None


def test_no_browser_is_known_by_an_address_that_was_only_claimed():
    make_member()
    other = make_member("other@example.org")
    EmailAddress.objects.create(user=other, email=MARIA, verified=False)
    browser = Client(REMOTE_ADDR=next(addresses))
    sign_in(browser, email="other@example.org")
    browser.post("/accounts/logout/")

    assert fail(6, client=browser).status_code == 429


def test_a_browser_is_known_by_every_verified_address_of_its_account():
    member = make_member()
    EmailAddress.objects.create(user=member, email="maria@home.example", verified=True)
    browser = Client(REMOTE_ADDR=(here := next(addresses)))
    sign_in(browser)
    browser.post("/accounts/logout/")
    for _ in range(6):
        sign_in(Client(REMOTE_ADDR=here), "wrong", "maria@home.example")

    sign_in(browser, email="maria@home.example")

    assert reader(browser) == member


@pytest.mark.parametrize("value", ["", "forged", "WyJhIixbMV1d:1x:y"])
def test_a_forged_cookie_is_no_known_browser(value):
    make_member()
    browser = Client(REMOTE_ADDR=next(addresses))
    browser.cookies[failed_logins.COOKIE] = value

    assert fail(6, client=browser).status_code == 429


def test_the_cookie_goes_to_account_pages_only_and_names_nobody():
    make_member()
    browser = Client()

    cookie = sign_in(browser).cookies[failed_logins.COOKIE]

    assert cookie["path"] == "/accounts/"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "maria" not in cookie.value


def test_the_cookie_goes_over_https_only_where_the_session_does(settings):
    settings.SESSION_COOKIE_SECURE = True
    make_member()

    assert sign_in(Client()).cookies[failed_logins.COOKIE]["secure"]


@pytest.mark.parametrize(("others", "is_known"), [(4, True), (5, False)])
def test_a_shared_browser_is_known_for_the_newest_five_accounts(others, is_known):
    browser = Client()
    for email in [MARIA, *(f"other{number}@example.org" for number in range(others))]:
        make_member(email)
        sign_in(browser, email=email)
        browser.post("/accounts/logout/")

    responses = [sign_in(browser, "wrong") for _ in range(6)]

    assert (responses[-1].status_code != 429) == is_known


def test_nobody_gets_the_cookie_without_signing_in():
    make_member()

    assert failed_logins.COOKIE not in fail(1).cookies


def test_a_new_password_by_email_ends_the_limit():
    member = make_member()
    fail_from_everywhere()
    owner = Client(REMOTE_ADDR=next(addresses))
    assert sign_in(owner).status_code == 429

    owner.post("/accounts/password/reset/", {"email": MARIA})
    link = next(word for word in QueuedEmail.objects.latest("pk").text.split() if "/reset/key/" in word)
    form = owner.get(link, follow=True).request["PATH_INFO"]
    new = "a heron at the weir"
    owner.post(form, {"password1": new, "password2": new})
    sign_in(owner, new)

    assert reader(owner) == member


def test_a_new_password_ends_the_limit_for_every_address_of_the_account():
    member = make_member()
    second = "maria@home.example"
    EmailAddress.objects.create(user=member, email=second, verified=True)
    owner = Client(REMOTE_ADDR=next(addresses))
    for _ in range(6):
        limited = sign_in(owner, "wrong", second)

    owner.post("/accounts/password/reset/", {"email": MARIA})
    link = next(word for word in QueuedEmail.objects.latest("pk").text.split() if "/reset/key/" in word)
    form = owner.get(link, follow=True).request["PATH_INFO"]
    new = "a heron at the weir"
    owner.post(form, {"password1": new, "password2": new})
    sign_in(owner, new, second)

    assert limited.status_code == 429
    assert reader(owner) == member


def test_the_page_says_how_long_to_wait_and_what_else_opens_the_account():
    make_member()

    response = fail(6)

    assert response["Retry-After"] in ("299", "300")
    assert "Too many failed attempts" in visible_text(response)
    assert "passkey, or a new password" in visible_text(response)
    assert "/accounts/password/reset/" in response.content.decode()
    assert MARIA in response.content.decode()


def test_an_address_without_an_account_is_stopped_alike():
    client = Client(REMOTE_ADDR=next(addresses))

    responses = [sign_in(client, "wrong", "nobody@example.org") for _ in range(6)]

    assert responses[4].status_code == 200
    assert responses[5].status_code == 429


def test_what_was_right_does_not_count():
    make_member()
    client = Client(REMOTE_ADDR=next(addresses))

    for _ in range(8):
        sign_in(client)
        client.post("/accounts/logout/")
        client.cookies.clear()

    assert sign_in(client).status_code == 302
