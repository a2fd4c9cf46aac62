"""Every "no" has its status, a sentence, and the text that was typed."""

from __future__ import annotations

import time
from http import HTTPStatus

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from discussion.models import Comment
from mail.models import QueuedEmail
from tests.support.comments import comment_form_data as form_data
from tests.support.comments import make_comment, post_comment, post_guest_comment, visible_text
from tests.support.factories import make_paper, make_post, make_user

pytestmark = pytest.mark.django_db
WORDS = "We share a <b>nurse</b> & a van."


@pytest.fixture
def member(client):
    client.force_login(make_user(name="Joan Marsh"))
    return client


def assert_rejected(response, status, *sentence):
    assert response.status_code == status
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert WORDS in visible_text(response).replace("  ", " ") or "&lt;b&gt;nurse" in response.content.decode()
    for part in sentence:
        assert part in visible_text(response)
    assert not Comment.objects.exclude(comment="first").exists()


def test_an_empty_comment_is_asked_to_be_written(member):
    response = post_comment(member, make_post(), comment="  \n ")

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Enter a comment." in visible_text(response)


def test_a_guest_without_a_name_and_with_half_an_address_hears_of_both(client):
    response = post_guest_comment(client, make_post(), comment=WORDS, name="", email="grace@")

    assert_rejected(response, HTTPStatus.UNPROCESSABLE_ENTITY, "There is a problem", "valid email address")
    assert 'id="id_name_error"' in response.content.decode()


def test_ten_thousand_characters_are_taken_and_one_more_is_not(member):
    post = make_post()

    assert post_comment(member, post, comment="x" * 10_001).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert post_comment(member, post, comment="x\r\n" * 3_333 + "x").status_code == HTTPStatus.SEE_OTHER


def test_a_reply_cannot_cross_to_another_page(member):
    elsewhere = make_comment(text="first")

    response = post_comment(member, make_post(), comment=WORDS, reply_to=elsewhere.pk)

    assert_rejected(response, HTTPStatus.UNPROCESSABLE_ENTITY, "you are replying to is not on this page")


@pytest.mark.parametrize("number", ["-1", "0", "999999", "9" * 40, "abc", "1.5", "٣", "1 OR 1=1"])
def test_a_reply_to_what_is_no_comment_is_refused(member, number):
    response = post_comment(member, make_post(), comment=WORDS, reply_to=number)

    assert_rejected(response, HTTPStatus.UNPROCESSABLE_ENTITY, "you are replying to is not on this page")


@pytest.mark.parametrize("action", ["remove", "mark_as_spam", "hold", "delete_by_author"])
def test_a_comment_that_was_taken_away_takes_no_reply(member, action):
    gone = make_comment(text="first")
    getattr(gone, action)()

    response = post_comment(member, gone.page, comment=WORDS, reply_to=gone.pk)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "has been removed" in visible_text(response)
    assert Comment.objects.count() == 1


def test_the_same_words_by_the_same_writer_under_the_same_page_are_said_once(member):
    post = make_post()
    post_comment(member, post, comment=WORDS)

    again = post_comment(member, post, comment=f" {WORDS}\n")
    elsewhere = post_comment(member, make_post(), comment=WORDS)
    member.force_login(make_user())
    by_another = post_comment(member, post, comment=WORDS)

    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "already posted this comment" in visible_text(again)
    assert elsewhere.status_code == by_another.status_code == HTTPStatus.SEE_OTHER


def test_a_form_of_two_days_ago_is_expired_and_comes_back_fresh(member, monkeypatch):
    post, now = make_post(), time.time()
    monkeypatch.setattr(time, "time", lambda: now - 50 * 3600)
    old = form_data(post, comment=WORDS)
    monkeypatch.setattr(time, "time", lambda: now)

    response = member.post("/discussion/post/", old)

    assert_rejected(response, HTTPStatus.UNPROCESSABLE_ENTITY, "open for too long")
    assert old["timestamp"] not in response.content.decode()
    assert form_data(post)["security_hash"] in response.content.decode()


def test_a_form_of_forty_seven_hours_ago_is_still_good(member, monkeypatch):
    post, now = make_post(), time.time()
    monkeypatch.setattr(time, "time", lambda: now - 46.9 * 3600)
    old = form_data(post, comment=WORDS)
    monkeypatch.setattr(time, "time", lambda: now)

    assert member.post("/discussion/post/", old).status_code == HTTPStatus.SEE_OTHER


@pytest.mark.parametrize(
    "change",
    [
        {"security_hash": "0" * 64},
        {"security_hash": ""},
        {"security_hash": "x"},
        {"timestamp": ""},
        {"timestamp": "soon"},
        {"timestamp": "9" * 30},
        {"timestamp": "-5"},
    ],
)
def test_a_form_with_a_broken_seal_is_refused_with_the_same_words_as_an_expired_one(member, change):
    response = post_comment(member, make_post(), comment=WORDS, **change)

    assert_rejected(response, HTTPStatus.UNPROCESSABLE_ENTITY, "open for too long")


def test_the_seal_of_one_page_does_not_fit_another(member):
    one, other = make_post(), make_post()

    response = post_comment(member, one, comment=WORDS, object_pk=str(other.pk))

    assert_rejected(response, HTTPStatus.UNPROCESSABLE_ENTITY, "open for too long")


def test_the_field_only_machines_see_must_stay_empty(member):
    response = post_comment(member, make_post(), comment=WORDS, honeypot="cheap pills")

    assert_rejected(response, HTTPStatus.UNPROCESSABLE_ENTITY, "hidden field that should stay empty")


def test_a_closed_discussion_takes_no_comment(member):
    response = post_comment(member, make_post(comments_open=False), comment=WORDS)

    assert_rejected(response, HTTPStatus.FORBIDDEN, "This discussion is closed.")
    assert 'action="/discussion/post/"' not in response.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://testserver.evil.example"},
    ],
)
@pytest.mark.parametrize(
    "path", ["/discussion/post/", "/discussion/sign-in/google/", "/discussion/sign-out/"]
)
def test_what_comes_from_another_site_is_refused(client, headers, path):
    response = client.post(
        path,
        form_data(make_post(), comment=WORDS, name="G", email="g@example.org"),
        headers=headers,
    )

    assert_rejected(response, HTTPStatus.FORBIDDEN, "sent from another website")
    assert not response.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://testserver"},
        {"origin": "http://127.0.0.1:8000"},
        {"sec-fetch-site": "same-origin"},
    ],
)
def test_our_own_form_and_browsers_that_do_not_say_are_taken(member, headers):
    assert post_comment(member, make_post(), headers=headers).status_code == HTTPStatus.SEE_OTHER


def restricted():
    post = make_post()
    PageViewRestriction.objects.create(page=post, restriction_type=PageViewRestriction.LOGIN)
    return post


@pytest.mark.parametrize(
    "page",
    [
        lambda: make_post(live=False),
        restricted,
        lambda: make_post().get_parent().specific,
        lambda: make_post().get_site().root_page.specific,
    ],
    ids=["unpublished", "private", "an index", "the front page"],
)
def test_there_is_nothing_to_say_where_a_reader_cannot_read(client, page):
    response = post_guest_comment(client, page(), comment=WORDS)

    assert_rejected(response, HTTPStatus.NOT_FOUND, "You can’t comment on this page")


@pytest.mark.parametrize("pk", ["", "0", "-1", "999999", "9" * 40, "abc", "1; DROP TABLE", "٣"])
def test_an_unknown_page_takes_no_comment(client, pk):
    response = post_guest_comment(client, make_post(), comment=WORDS, object_pk=pk)

    assert_rejected(response, HTTPStatus.NOT_FOUND, "You can’t comment on this page")


@pytest.mark.parametrize("kind", ["", "papers.paper", "auth.user", "nonsense", "wagtailcore.page"])
def test_a_page_must_be_what_the_form_says_it_is(client, kind):
    response = post_guest_comment(client, make_post(), comment=WORDS, content_type=kind)

    assert_rejected(response, HTTPStatus.NOT_FOUND, "You can’t comment on this page")


def test_a_member_may_discussion_where_only_members_read(client):
    client.force_login(make_user())

    assert post_comment(client, restricted()).status_code == HTTPStatus.SEE_OTHER


def test_papers_are_discussed_like_posts(member):
    assert post_comment(member, make_paper()).status_code == HTTPStatus.SEE_OTHER


def test_too_much_in_a_short_time_is_asked_to_wait(client):
    post = make_post()
    responses = [post_guest_comment(client, post, comment=WORDS, name="") for _ in range(125)]

    last = responses[-1]
    assert_rejected(last, HTTPStatus.TOO_MANY_REQUESTS, "Please wait a little")
    assert int(last["Retry-After"]) >= 1
    assert responses[50].status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_nobody_is_sent_more_than_five_emails_a_day(client):
    posts = [make_post() for _ in range(7)]

    responses = [post_guest_comment(client, post, email="Victim@example.org").status_code for post in posts]

    assert responses == [303] * 5 + [429] * 2
    assert QueuedEmail.objects.count() == 5


def test_limits_can_be_switched_off_for_measuring(client, settings):
    settings.LIMITS = False

    responses = {post_guest_comment(client, make_post()).status_code for _ in range(8)}

    assert responses == {303}


def test_a_member_whose_form_is_older_than_the_session_gets_it_back_with_a_fresh_token():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(name="Joan Marsh"))

    rejected = post_comment(client, make_post(), comment=WORDS)

    assert_rejected(rejected, HTTPStatus.FORBIDDEN, "signed in or out after")
    token = rejected.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    accepted = post_comment(client, make_post(), comment=WORDS, csrfmiddlewaretoken=token)
    assert accepted.status_code == HTTPStatus.SEE_OTHER


def test_a_guest_needs_no_token():
    response = post_guest_comment(Client(enforce_csrf_checks=True), make_post())

    assert response.status_code == HTTPStatus.SEE_OTHER
    assert not response.cookies
