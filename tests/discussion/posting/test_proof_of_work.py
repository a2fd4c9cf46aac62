"""Proof of work for guests: off unless asked for, never in the way of who can't, and good only once."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from altcha import Challenge, Payload, solve_challenge
from django.core.cache import cache
from django.utils import timezone

from discussion.models import Comment, State
from discussion.posting import proof_of_work
from tests.support.comments import make_comment, post_comment, post_guest_comment, visible_text
from tests.support.factories import make_post, make_user

pytestmark = pytest.mark.django_db
PUZZLE = "/discussion/proof/"
WORDS = "We share a nurse & a van."


@pytest.fixture(autouse=True)
def _proof_is_required(settings, monkeypatch):
    cache.clear()
    settings.PROOF_OF_WORK = True
    monkeypatch.setattr(proof_of_work, "COST", 1)


def solved(client):
    """Return what a browser sends after a while of computing."""
    challenge = Challenge.from_dict(client.get(PUZZLE).json())
    return Payload(challenge, solve_challenge(challenge)).to_base64()


def changed(payload, **parameters):
    """Return a solution to an easier puzzle than was set."""
    solution = json.loads(base64.b64decode(payload))
    solution["challenge"]["parameters"] |= parameters
    return base64.b64encode(json.dumps(solution).encode()).decode()


def assert_rejected(response, sentence):
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in visible_text(response)
    assert WORDS in visible_text(response)
    assert not Comment.objects.exists()


def test_a_guest_who_proves_work_gets_the_email_as_ever(client):
    response = post_guest_comment(client, make_post(), comment=WORDS, altcha=solved(client))

    assert response["Location"] == "/discussion/sent/"
    assert Comment.objects.get().state == State.UNCONFIRMED


def test_without_scripts_the_email_alone_will_do_but_not_for_a_flood(client):
    responses = [post_guest_comment(client, make_post(), email=f"g{one}@example.org") for one in range(6)]

    *accepted, rejected = responses
    assert {response.status_code for response in accepted} == {HTTPStatus.SEE_OTHER}
    assert rejected.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "turn on JavaScript" in visible_text(rejected)
    assert "We share a nurse." in visible_text(rejected)
    assert int(rejected["Retry-After"]) == 3600


def test_who_proves_work_is_not_held_up_by_those_who_do_not(client, settings):
    settings.RATE_LIMITS = {"unproven": "1/h/site"}
    post_guest_comment(client, make_post())

    without = post_guest_comment(client, make_post(), email="b@example.org").status_code
    proven = post_guest_comment(client, make_post(), email="b@example.org", altcha=solved(client)).status_code

    assert (without, proven) == (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SEE_OTHER)


def test_a_proof_is_good_once(client):
    sent = solved(client)
    post_guest_comment(client, make_post(), altcha=sent)
    Comment.objects.all().delete()

    again = post_guest_comment(client, make_post(), comment=WORDS, altcha=sent)

    assert_rejected(again, "was already used")
    assert sent not in again.content.decode()


def test_a_proof_grows_old(client):
    sent, post = solved(client), make_post()

    with time_machine.travel(timezone.now() + timedelta(minutes=21), tick=False):
        response = post_guest_comment(client, post, comment=WORDS, altcha=sent)

    assert_rejected(response, "has expired")


@pytest.mark.parametrize(
    "sent",
    ["x", "e30=", "W10=", "bnVsbA==", "=" * 50, "A" * 5_000, "é", base64.b64encode(b"[" * 1_000).decode()],
    ids=lambda sent: sent[:8],
)
def test_what_is_no_proof_is_told_so(client, sent):
    assert_rejected(
        post_guest_comment(client, make_post(), comment=WORDS, altcha=sent),
        "security check in your browser failed",
    )


@pytest.mark.parametrize(
    "parameters", [{"keyPrefix": ""}, {"cost": 1, "expiresAt": 9_999_999_999}, {"algorithm": "SHA-256"}]
)
def test_nobody_makes_the_puzzle_easier(client, monkeypatch, parameters):
    monkeypatch.setattr(proof_of_work, "COST", 2)

    sent = changed(solved(client), **parameters)

    assert_rejected(
        post_guest_comment(client, make_post(), comment=WORDS, altcha=sent),
        "security check in your browser failed",
    )


def test_a_puzzle_of_another_site_is_none_of_ours(client, settings):
    settings.SECRET_KEY = "another site's " * 4
    sent = solved(client)
    settings.SECRET_KEY = "our own " * 8

    assert_rejected(
        post_guest_comment(client, make_post(), comment=WORDS, altcha=sent),
        "security check in your browser failed",
    )


def test_a_comment_that_will_not_do_uses_no_proof_up(client):
    sent, post = solved(client), make_post()

    post_guest_comment(client, post, comment=WORDS, name="", altcha=sent)
    post_guest_comment(client, post, comment=WORDS, altcha=sent, preview="1")

    assert post_guest_comment(client, post, comment=WORDS, altcha=sent).status_code == HTTPStatus.SEE_OTHER


def test_only_guests_are_asked_and_load_what_it_takes(client):
    comment = make_comment()
    paths = [comment.page.url, f"/discussion/reply/{comment.pk}/", f"/discussion/reply/{comment.pk}/form/"]

    pages = [client.get(path).content.decode() for path in paths]
    client.force_login(make_user())
    spared = [client.get(path).content.decode() for path in paths]

    assert all('name="altcha"' in html and f'data-challenge-url="{PUZZLE}"' in html for html in pages)
    assert ["js/proof.js" in html for html in pages] == [True, True, False]
    assert not any("altcha" in html or "proof.js" in html for html in spared)
    assert post_comment(client, comment.page, altcha="nonsense").status_code == HTTPStatus.SEE_OTHER


def test_a_puzzle_is_fresh_each_time_and_nobody_keeps_it(client):
    once, twice = client.get(PUZZLE), client.get(PUZZLE)

    assert once.json() != twice.json()
    assert "no-store" in once["Cache-Control"]
    assert not once.cookies
    assert client.post(PUZZLE).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_puzzles_are_not_given_out_without_end(client, settings):
    settings.RATE_LIMITS = {"proof": "2/m/ip"}

    responses = [client.get(PUZZLE) for _ in range(3)]

    assert [response.status_code for response in responses] == [200, 200, 429]
    assert responses[-1]["Retry-After"] == "60"


def test_it_is_off_unless_asked_for(client, settings):
    settings.PROOF_OF_WORK = False

    page = client.get(make_comment().page.url).content.decode()
    responses = {
        post_guest_comment(client, make_post(), email=f"g{n}@example.org").status_code for n in range(7)
    }

    assert "altcha" not in page
    assert "proof.js" not in page
    assert client.get(PUZZLE).status_code == HTTPStatus.NOT_FOUND
    assert responses == {HTTPStatus.SEE_OTHER}
