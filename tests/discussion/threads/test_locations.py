"""Addresses of single comments, replies and what was edited."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from django.core.cache import cache

from discussion.models import State
from discussion.posting import guest_links
from tests.support.comments import make_comment, make_guest_comment, words_of
from tests.support.factories import make_post, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def comments_on(response):
    return [
        int(pk)
        for pk in re.findall(r'<li class="comment[^"]*" id="comment-(\d+)"', response.content.decode())
    ]


def test_a_comment_has_an_address_that_leads_to_its_place(client):
    post, by = make_post(), make_user()
    tops = [make_comment(on=post, by=by) for _ in range(21)]
    reply = make_comment(reply_to=tops[20], by=by)
    for _ in range(12):
        last = make_comment(reply_to=tops[0], by=by)

    first = client.get(f"/discussion/comment/{tops[0].pk}/")
    second = client.get(f"/discussion/comment/{reply.pk}/")
    folded = client.get(f"/discussion/comment/{last.pk}/")

    assert first.status_code == HTTPStatus.FOUND
    assert first["Location"] == f"{post.url}?talk=1#comment-{tops[0].pk}"
    assert second["Location"] == f"{post.url}?talk=2#comment-{reply.pk}"
    assert folded["Location"] == f"{post.url}?talk=1&thread={tops[0].pk}#comment-{last.pk}"
    assert last.pk in comments_on(client.get(folded["Location"]))


@pytest.mark.parametrize("deed", ["remove", "mark_as_spam", "delete_by_author", "erase"])
def test_the_address_of_a_comment_that_was_taken_away_says_so_kindly(client, deed):
    comment = make_comment(text="Words that went.")
    getattr(comment, deed)()

    response = client.get(f"/discussion/comment/{comment.pk}/")

    assert response.status_code == HTTPStatus.GONE
    assert "Back to the discussion of" in words_of(response)
    assert "Words that went." not in words_of(response)
    assert client.get(f"/discussion/reply/{comment.pk}/").status_code == HTTPStatus.GONE


def test_a_comment_nobody_may_know_of_is_not_found(client):
    unconfirmed = make_guest_comment(state=State.UNCONFIRMED)
    waiting = make_comment(state=State.WAITING)
    hidden = make_comment(on=make_post(live=False))

    for comment in (unconfirmed, waiting, hidden):
        for door in ("comment/{}/", "reply/{}/", "reply/{}/form/"):
            assert client.get(f"/discussion/{door.format(comment.pk)}").status_code == HTTPStatus.NOT_FOUND


def test_the_reply_page_shows_what_is_answered_and_works_without_a_script(client):
    comment = make_comment(text="What does it *cost*?", by=make_user(name="Joan Marsh"))

    html = client.get(f"/discussion/reply/{comment.pk}/").content.decode()

    assert "What does it <em>cost</em>?" in html
    assert f'name="reply_to" value="{comment.pk}"' in html
    assert 'id="comment-form"' in html


def test_the_fragment_for_scripts_is_the_form_alone_with_ids_of_its_own(client):
    comment = make_comment()

    html = client.get(f"/discussion/reply/{comment.pk}/form/").content.decode()

    assert "<html" not in html
    assert f'<form id="reply-form-{comment.pk}"' in html
    assert f'id="id_{comment.pk}_comment"' in html
    assert 'id="id_comment"' not in html


def test_a_reply_to_a_closed_talk_is_told_so(client):
    comment = make_comment(on=make_post(comments_open=False))

    for door in (f"/discussion/reply/{comment.pk}/", f"/discussion/reply/{comment.pk}/form/"):
        response = client.get(door)
        assert response.status_code == HTTPStatus.FORBIDDEN
        assert "This discussion is closed." in words_of(response)


def test_an_edited_comment_says_so(client):
    comment = make_comment(text="Befroe.")

    comment.edit("Before.")

    words = words_of(client.get(comment.page.url))
    assert "Before." in words
    assert "edited" in words


def test_where_answers_stand_the_address_of_what_is_gone_leads_to_them_and_names_the_rule(client):
    gone, alone = make_comment(), make_comment()
    make_comment(reply_to=gone, text="An answer.")
    gone.remove(rule=3)
    alone.remove()

    response = client.get(f"/discussion/comment/{gone.pk}/")

    assert "Removed by a moderator. House rule 3" in words_of(response)
    assert f'href="{gone.page.url}?talk=1#comment-{gone.pk}"' in response.content.decode()
    on_its_own = client.get(f"/discussion/comment/{alone.pk}/").content.decode()
    assert f'href="{alone.page.url}#discussion"' in on_its_own


def test_who_turns_back_from_changing_a_guests_comment_finds_it_even_while_it_waits(client):
    waiting = make_guest_comment(state=State.WAITING)
    own = guest_links.guest_comment_url(waiting).partition(":8000")[2]

    for door in ("edit/", "delete/"):
        html = client.get(own + door).content.decode()
        assert f'<a class="button button--quiet" href="{own}">' in html
    assert client.get(own).status_code == HTTPStatus.OK
