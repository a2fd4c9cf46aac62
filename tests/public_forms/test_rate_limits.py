"""How much is too much: by network address, by account, by what it is aimed at; and as a site says."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from discussion.models import Comment
from public_forms.rate_limits import ACCOUNT_RATES, DEFAULT_RATES, account_rates, hit, validate_rates
from tests.support.comments import (
    comment_form_data,
    make_comment,
    post_comment,
    post_guest_comment,
    visible_text,
)
from tests.support.factories import make_post, make_user

pytestmark = pytest.mark.django_db
WORDS = "We share a nurse & a van."


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def guest_from(client, address, page, **fields):
    fields = {"name": "Grace", "email": f"grace{address[-1]}@example.org", "comment": WORDS, **fields}
    return client.post("/discussion/post/", comment_form_data(page, **fields), REMOTE_ADDR=address)


def assert_rate_limited(response, seconds, sentence):
    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert response["Retry-After"] == str(seconds)
    assert sentence in visible_text(response)
    assert WORDS in visible_text(response)


def test_one_network_address_is_asked_to_wait_and_another_is_not(client, settings):
    settings.RATE_LIMITS = {"comment": "2/m/ip"}

    responses = [guest_from(client, "192.0.2.1", make_post()) for _ in range(3)]

    assert [response.status_code for response in responses[:2]] == [303, 303]
    assert_rate_limited(responses[2], 60, "Too many requests in a short time")
    assert guest_from(client, "192.0.2.2", make_post()).status_code == HTTPStatus.SEE_OTHER


def test_one_account_is_asked_to_wait_wherever_it_comes_from(client, settings):
    settings.RATE_LIMITS = {"comment": "2/h/user"}
    client.force_login(make_user())

    responses = [
        client.post(
            "/discussion/post/",
            comment_form_data(make_post(), comment=WORDS),
            REMOTE_ADDR=f"192.0.2.{number}",
        )
        for number in range(3)
    ]
    client.force_login(make_user())

    assert [response.status_code for response in responses[:2]] == [303, 303]
    assert_rate_limited(responses[2], 3600, "Too many requests in a short time")
    assert post_comment(client, make_post(), comment=WORDS).status_code == HTTPStatus.SEE_OTHER


def test_one_page_takes_so_many_whoever_writes_them(client, settings):
    settings.RATE_LIMITS = {"comment": "2/m/page"}
    crowded, quiet = make_post(), make_post()

    responses = [guest_from(client, f"192.0.2.{number}", crowded) for number in range(3)]

    assert [response.status_code for response in responses[:2]] == [303, 303]
    assert_rate_limited(responses[2], 60, "This discussion is very busy right now")
    assert guest_from(client, "192.0.2.9", quiet).status_code == HTTPStatus.SEE_OTHER


def test_one_mailbox_is_sent_so_many_emails_whoever_asks_for_them(client, settings):
    settings.RATE_LIMITS = {"email": "1/d/mailbox"}
    guest_from(client, "192.0.2.1", make_post(), email="victim@example.org")

    again = guest_from(client, "192.0.2.2", make_post(), email="Victim@example.org")
    links = client.post("/discussion/yours/", {"email": "victim@example.org"}, REMOTE_ADDR="192.0.2.3")

    assert_rate_limited(again, 86400, "already sent several e-mails to this address")
    assert links.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert 'value="victim@example.org"' in links.content.decode()


def test_one_network_address_sends_emails_to_so_many_mailboxes(client, settings):
    settings.RATE_LIMITS = {"email": "2/h/ip"}

    responses = [
        guest_from(client, "192.0.2.1", make_post(), email=f"{name}@example.org").status_code
        for name in ("a", "b", "c")
    ]

    assert responses == [303, 303, 429]


def test_finding_useful_and_reporting_have_limits_too(client, settings):
    settings.RATE_LIMITS = {"useful": "1/m/user", "report": "1/h/ip"}
    comment = make_comment()
    client.force_login(make_user())

    useful = [client.post(f"/discussion/useful/{comment.pk}/") for _ in range(2)]
    sent = {"rule": "1", "words": WORDS}
    report = [client.post(f"/discussion/report/{comment.pk}/", sent) for _ in range(2)]

    assert [response.status_code for response in useful] == [303, 429]
    assert [response["Retry-After"] for response in (useful[1], report[1])] == ["60", "3600"]
    assert "Too many requests in a short time" in visible_text(useful[1])
    assert_rate_limited(report[1], 3600, "Too many requests in a short time")


def test_words_that_were_changed_too_often_are_given_back(client, settings):
    settings.RATE_LIMITS = {"attempt": "1/m/ip"}
    comment = make_comment()
    client.force_login(comment.user)
    path = f"/discussion/edit/{comment.pk}/"
    client.post(path, {"comment": "Once."})

    again = client.post(path, {"comment": WORDS})

    assert_rate_limited(again, 60, "Too many requests in a short time")


@pytest.mark.parametrize("action", DEFAULT_RATES)
def test_limits_switched_off_are_off_for_everything(client, settings, action):
    settings.LIMITS, settings.RATE_LIMITS = False, {action: "1/d/site"}
    settings.PROOF_OF_WORK = action in ("proof", "unproven")

    responses = [post_guest_comment(client, make_post(), email="a@example.org").status_code for _ in range(2)]
    responses += [client.get("/discussion/proof/").status_code for _ in range(2)]

    assert HTTPStatus.TOO_MANY_REQUESTS not in responses
    assert Comment.objects.count() == 2


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"remark": "1/m/ip"}, "remark"),
        ({"comment": "1/m/planet"}, "planet"),
        ({"comment": "many"}, "many"),
        ({"comment": "1/fortnight/ip"}, "fortnight"),
        ({"comment": "-1/m/ip"}, "-1/m/ip"),
        ({"comment": "1/0s/ip"}, "1/0s/ip"),
        ({"comment": "1/-1s/ip"}, "1/-1s/ip"),
        ({"comment": "1/infd/ip"}, "1/infd/ip"),
        ({"comment": "1/nand/ip"}, "1/nand/ip"),
        ({"comment": "1/m/ip,1/m/key"}, "1/m/key"),
        ({"comment": ""}, "comment=''"),
        ({"login": "1/m/page"}, "1/m/page"),
    ],
)
def test_a_limit_that_means_nothing_stops_the_start_and_is_named(setting, message):
    with pytest.raises(ImproperlyConfigured, match=f"RATE_LIMITS .*{message}"):
        validate_rates(setting)


@pytest.mark.parametrize("rate", ["0/m/ip", "1/s/ip", "1/m/site,2/h/mailbox,3/d/page,4/10s/user"])
def test_a_limit_may_be_nothing_at_all_or_of_several_kinds(rate):
    validate_rates({"comment": rate})


def test_the_usual_limits_are_spelled_right():
    validate_rates(DEFAULT_RATES)
    validate_rates(ACCOUNT_RATES)


def test_a_site_changes_the_limits_of_accounts_by_name():
    rates = account_rates({"login": "1/m/ip", "comment": "1/m/ip"})

    assert rates == {**ACCOUNT_RATES, "login": "1/m/ip"}


def request_from(address, user=None, *, method="post"):
    request = getattr(RequestFactory(), method)("/discussion/proof/", REMOTE_ADDR=address)
    request.user = user or AnonymousUser()
    return request


def test_reading_counts_like_sending(settings):
    settings.RATE_LIMITS = {"proof": "1/m/ip"}

    responses = [hit(request_from("192.0.2.1", method="get"), "proof") for _ in range(2)]

    assert responses == [None, (60, "ip")]


def test_a_limit_by_what_is_not_there_is_passed_over_and_the_next_one_counts(settings):
    settings.RATE_LIMITS = {"comment": "1/h/page,1/h/mailbox,1/h/user,2/m/ip"}

    responses = [hit(request_from("192.0.2.1"), "comment") for _ in range(3)]

    assert responses == [None, None, (60, "ip")]


def test_a_limit_of_the_site_is_shared_by_all_and_one_of_a_page_by_its_readers(settings):
    settings.RATE_LIMITS = {"unproven": "2/d/site", "comment": "1/m/page"}

    by_all = [hit(request_from(f"192.0.2.{number}"), "unproven") for number in range(3)]
    by_page = [hit(request_from("192.0.2.9"), "comment", page=page) for page in ("12", "13", "12")]

    assert by_all == [None, None, (86400, "site")]
    assert by_page == [None, None, (60, "page")]
