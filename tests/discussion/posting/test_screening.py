"""What waits, what is refused, and what closes by itself, as the house has set it."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.utils import timezone

from discussion.models import Ban, Comment, State
from discussion.models.comment_state import HoldReason
from discussion.models.moderation import hash_address
from tests.support.comments import (
    make_comment,
    make_guest_comment,
    post_comment,
    post_guest_comment,
    queries_of,
    visible_text,
)
from tests.support.factories import make_post, make_user
from tests.support.moderation import make_moderator, make_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    user = make_user()
    client.force_login(user)
    return user


def post_as(client, text="We share a nurse.", **fields):
    response = post_comment(client, make_post(), comment=text, **fields)
    return response, Comment.objects.order_by("pk").last()


def test_without_rules_of_its_own_a_site_holds_nobody(client, member):
    response, comment = post_as(client)

    assert response.status_code == HTTPStatus.SEE_OTHER
    assert (comment.state, comment.hold_reason) == (State.PUBLISHED, "")


def test_everybodys_comments_can_wait(client, member):
    make_rules(hold="all")

    response, comment = post_as(client)

    assert response["Location"] == "/discussion/waiting/"
    assert (comment.state, comment.hold_reason) == (State.WAITING, HoldReason.EVERYBODY)


def test_a_newcomer_waits_until_enough_of_their_comments_were_published(client, member):
    make_rules(hold="newcomers", approvals_needed=2)
    make_comment(by=member)

    _, second = post_as(client, "My second.")
    hold_reason = second.hold_reason
    second.approve()
    _, third = post_as(client, "My third.")

    assert hold_reason == HoldReason.NEWCOMER
    assert third.state == State.PUBLISHED


def test_a_guest_is_known_again_by_their_address(client):
    make_rules(hold="newcomers", approvals_needed=1)
    make_guest_comment(email="grace@example.org")

    post_guest_comment(client, make_post(), email="Grace@example.org")
    known = Comment.objects.order_by("pk").last()
    post_guest_comment(client, make_post(), email="new@example.org")

    assert known.hold_reason == ""
    assert Comment.objects.order_by("pk").last().hold_reason == HoldReason.NEWCOMER


def test_a_guests_comment_that_is_held_waits_once_it_is_confirmed(client):
    make_rules(hold="all")
    post_guest_comment(client, make_post())
    comment = Comment.objects.get()
    assert comment.state == State.UNCONFIRMED

    comment.confirm()

    assert comment.state == State.WAITING


@pytest.mark.parametrize(
    "text", ["Buy VIAGRA now", "buy \uff56\uff49\uff41\uff47ra", "via\u200bgra!", "cheap\n  pills here"]
)
def test_a_listed_word_is_found_however_it_is_dressed(client, member, text):
    make_rules(hold_words="viagra\ncheap pills")

    _, comment = post_as(client, text)

    assert comment.hold_reason == HoldReason.WORDS


def test_a_listed_word_within_another_word_is_no_match(client, member):
    make_rules(hold_words="ass", reject_words="hell")

    _, comment = post_as(client, "The class said hello to the assessor.")

    assert comment.state == State.PUBLISHED


def test_a_word_that_is_refused_is_named_and_the_text_stays(client, member):
    make_rules(reject_words="casino")

    response, comment = post_as(client, "Visit my casino.")

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Comments with “casino” are not accepted here" in visible_text(response)
    assert "Visit my casino.</textarea>" in response.content.decode()
    assert comment is None


def test_more_links_than_allowed_wait(client, member):
    make_rules(max_links=2)

    _, few = post_as(client, "https://a.example.org and https://b.example.org")
    _, many = post_as(client, "https://a.example.org https://b.example.org https://c.example.org")

    assert few.state == State.PUBLISHED
    assert many.hold_reason == HoldReason.LINKS


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "See https://www.spam.example/x"},
        {"text": "See [this](http://SPAM.example)"},
        {"url": "https://shop.spam.example/"},
        {"email": "joe@spam.example"},
    ],
    ids=str,
)
def test_domains_on_the_list_are_not_taken(client, fields):
    make_rules(reject_domains="spam.example")

    response = post_guest_comment(client, make_post(), **{"comment": fields.pop("text", "Hello."), **fields})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "spam.example are not accepted here" in visible_text(response)
    assert not Comment.objects.exists()


def test_a_domain_that_only_looks_alike_is_taken(client, member):
    make_rules(reject_domains="spam.example")

    _, comment = post_as(client, "https://notspam.example and https://spam.example.org")

    assert comment.state == State.PUBLISHED


def test_those_who_moderate_are_held_by_nothing(client):
    make_rules(hold="all", reject_words="casino")
    client.force_login(make_moderator())

    _, comment = post_as(client, "The casino question is closed.")

    assert comment.state == State.PUBLISHED


def test_a_discussion_closes_by_itself_after_so_many_days(client):
    make_rules(close_after_days=10)
    old = make_post(first_published_at=timezone.now() - timedelta(days=11))
    young = make_post(first_published_at=timezone.now() - timedelta(days=9))

    assert not old.takes_comments
    assert young.takes_comments
    assert "This discussion is closed." in visible_text(client.get(old.url))
    assert post_guest_comment(client, old).status_code == HTTPStatus.FORBIDDEN
    assert post_guest_comment(client, young).status_code == HTTPStatus.SEE_OTHER


def test_a_banned_member_and_address_are_refused_with_a_sentence(client, member):
    Ban.objects.create(kind=Ban.Kind.REFUSE, user=member)
    Ban.objects.create(kind=Ban.Kind.REFUSE, address_hash=hash_address("grace@example.org"))

    response, comment = post_as(client)
    client.logout()
    guest = post_guest_comment(client, make_post(), email="GRACE@example.org ")

    for each_response in (response, guest):
        assert each_response.status_code == HTTPStatus.FORBIDDEN
        assert "You can’t comment at the moment." in visible_text(each_response)
    assert comment is None


def test_a_ban_ends_when_it_should_and_a_watched_writer_waits(client, member):
    Ban.objects.create(kind=Ban.Kind.REFUSE, user=member, until=timezone.now() - timedelta(hours=1))
    Ban.objects.create(kind=Ban.Kind.MODERATE, user=member)

    _, comment = post_as(client)

    assert comment.hold_reason == HoldReason.WATCHED


def test_an_address_is_not_kept_in_a_ban():
    ban = Ban.objects.create(kind=Ban.Kind.REFUSE, address_hash=hash_address("grace@example.org"))

    assert "grace" not in ban.address_hash
    assert len(ban.address_hash) == 64


def test_a_locked_thread_takes_no_reply(client, member):
    opening = make_comment()
    reply = make_comment(reply_to=opening)
    Comment.objects.filter(pk=opening.pk).update(locked=True)

    response = post_comment(client, opening.page, reply_to=reply.pk)
    other = post_comment(client, opening.page)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "This thread is closed to replies." in visible_text(response)
    assert other.status_code == HTTPStatus.SEE_OTHER
    assert f'href="/discussion/reply/{reply.pk}/"' not in client.get(opening.page.url).content.decode()


def test_the_rules_cost_a_page_one_question_and_no_row(client):
    from discussion.models import DiscussionSettings

    post = make_post()
    client.get(post.url)

    settings_queries = [
        sql for sql in queries_of(lambda: client.get(post.url)) if "discussionsettings" in sql
    ]

    assert len(settings_queries) == 1
    assert not DiscussionSettings.objects.exists()
