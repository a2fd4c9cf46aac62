"""Whatever the reason for a no: it has its status and its sentence, and gives back what was typed."""

from __future__ import annotations

import time
from http import HTTPStatus

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from discussion.models import Ban, Comment, State
from discussion.models.moderation import hash_address
from tests.support.comments import (
    comment_form_data,
    make_comment,
    post_comment,
    post_guest_comment,
    visible_text,
)
from tests.support.factories import make_post, make_user
from tests.support.moderation import make_rules

pytestmark = pytest.mark.django_db
WORDS = "We share a nurse & a van with www.heron.example.org, says casino."


def post(page=None, **fields):
    return post_guest_comment(Client(), page or make_post(), **{"comment": WORDS, **fields})


def to_a_private_page():
    page = make_post()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return post(page)


def to_what_is_gone():
    gone = make_comment()
    gone.remove()
    return post(gone.page, reply_to=gone.pk)


def in_a_locked_thread():
    top = make_comment()
    Comment.objects.filter(pk=top.pk).update(locked=True)
    return post(top.page, reply_to=top.pk)


def twice():
    page = make_post()
    post(page)
    return post(page)


def with_an_old_form():
    old = comment_form_data(make_post(), comment=WORDS, name="G", email="g@example.org")
    return Client().post("/discussion/post/", old | {"timestamp": str(int(time.time()) - 50 * 3600)})


def from_another_site():
    return post_guest_comment(
        Client(), make_post(), comment=WORDS, headers={"Origin": "https://evil.example"}
    )


def with_the_form_of_another_session():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user())
    return post_comment(client, make_post(), comment=WORDS)


def too_often(settings):
    settings.RATE_LIMITS = {"comment": "1/m/ip"}
    post()
    return post()


def under_rules(**rules):
    make_rules(**rules)
    return post()


def although_banned():
    Ban.objects.create(kind=Ban.Kind.REFUSE, address_hash=hash_address("grace@example.org"))
    return post()


REFUSALS = {
    "closed": (lambda: post(make_post(comments_open=False)), 403, "This discussion is closed."),
    "private": (to_a_private_page, 404, "You can’t comment on this page"),
    "unpublished": (lambda: post(make_post(live=False)), 404, "You can’t comment on this page"),
    "unknown page": (lambda: post(object_pk="999999"), 404, "You can’t comment on this page"),
    "unknown parent": (lambda: post(reply_to="999999"), 422, "replying to is not on this page"),
    "foreign parent": (lambda: post(reply_to=make_comment().pk), 422, "replying to is not on this page"),
    "parent that is gone": (to_what_is_gone, 422, "has been removed"),
    "locked thread": (in_a_locked_thread, 422, "is closed to replies"),
    "too long": (lambda: post(comment=WORDS + "x" * 10_000), 422, "at most 10000 characters"),
    "duplicate": (twice, 422, "You have already posted this comment."),
    "honeypot": (lambda: post(honeypot="x"), 422, "A hidden field that should stay empty"),
    "expired": (with_an_old_form, 422, "has expired"),
    "no address": (lambda: post(email=""), 422, "Enter your e-mail address"),
    "no name": (lambda: post(name=""), 422, "Enter your name, for example Ada Plover."),
    "unprintable": (lambda: post(comment=WORDS + "\x07"), 422, "characters that can’t be displayed"),
    "another site": (from_another_site, 403, "sent from another website"),
    "another session": (with_the_form_of_another_session, 403, "signed in or out after"),
    "refused word": (lambda: under_rules(reject_words="casino"), 422, "“casino” are not accepted"),
    "refused domain": (
        lambda: under_rules(reject_domains="heron.example.org"), 422,
        "addresses at heron.example.org are not accepted here",
    ),
    "banned": (although_banned, 403, "You can’t comment at the moment."),
}  # fmt: skip


@pytest.mark.parametrize("reason", REFUSALS)
def test_every_refusal_has_its_status_and_sentence_and_gives_the_words_back(reason):
    refuse, status, sentence = REFUSALS[reason]

    response = refuse()

    assert response.status_code == status
    assert sentence in visible_text(response)
    assert WORDS in visible_text(response)
    assert Comment.objects.filter(comment__startswith=WORDS).count() == (reason == "duplicate")


def test_a_flood_is_refused_likewise(settings):
    response = too_often(settings)

    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert response["Retry-After"] == "60"
    assert WORDS in visible_text(response)


@pytest.mark.parametrize("reason", ["too long", "duplicate", "expired", "honeypot", "refused word"])
def test_a_form_that_comes_back_can_be_sent_again(reason):
    html = REFUSALS[reason][0]().content.decode()

    assert 'action="/discussion/post/"' in html
    assert 'value="Grace Heron"' in html or reason == "expired"
    assert f'name="timestamp" value="{int(time.time()) // 3600 * 3600}"' in html
    assert 'name="honeypot" tabindex="-1" autocomplete="off" id="id_honeypot"' in html
    assert 'href="#id_honeypot"' not in html


def test_links_over_the_limit_are_held_and_not_refused():
    words = " ".join(f"https://example.org/{number}" for number in range(6))

    response = post(comment=words)

    comment = Comment.objects.get()
    assert response.status_code == HTTPStatus.SEE_OTHER
    assert (comment.state, comment.needs_review) == (State.UNCONFIRMED, True)
