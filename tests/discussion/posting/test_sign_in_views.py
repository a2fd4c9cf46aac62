"""Signing in and out from the comment form: the draft and its place are kept."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.support.comments import (
    comment_field,
    comment_form_data,
    make_comment,
    post_comment,
    visible_text,
)
from tests.support.factories import make_post, make_user

pytestmark = pytest.mark.django_db
DRAFT = "We share a <nurse> & a van."


def press_sign_in(client, page, provider="google", **fields):
    return client.post(f"/discussion/sign-in/{provider}/", comment_form_data(page, comment=DRAFT, **fields))


def sign_in_at_provider(client, response):
    """Come back from the provider signed in, as far as our own pages are concerned."""
    saved = dict(client.session)
    client.force_login(make_user(name="Joan Marsh"))
    session = client.session
    session.update({key: value for key, value in saved.items() if key.startswith("discussion.")})
    session.save()


def test_a_sign_in_button_begins_a_session_with_the_draft_and_leads_to_the_provider(client):
    post = make_post()
    assert not client.cookies

    response = press_sign_in(client, post)

    assert response.status_code == HTTPStatus.FOUND
    there = urlsplit(response["Location"])
    assert there.port == int(__import__("os").environ["STAND_IN_PORT"])
    assert "redirect_uri" in parse_qs(there.query)
    assert client.session["discussion.draft"]["comment"] == DRAFT


def test_after_signing_in_the_draft_is_in_the_form(client):
    post = make_post()
    sign_in_at_provider(client, press_sign_in(client, post))

    response = client.get(f"{post.url}?talk=1")

    assert comment_field(response) == DRAFT
    assert "You are commenting as Joan Marsh." in visible_text(response)
    assert response["Cache-Control"] == "private, no-store"


def test_a_reader_who_turned_back_finds_the_draft_too(client):
    post = make_post()
    press_sign_in(client, post, name="Grace", email="grace@example.org")

    response = client.get(post.url)

    assert comment_field(response) == DRAFT
    assert 'value="grace@example.org"' in response.content.decode()
    assert DRAFT not in visible_text(client.get(make_post().url))


def test_a_reply_is_still_a_reply_after_signing_in(client):
    opening = make_comment(by=make_user(name="Ann Tern"))
    sign_in_at_provider(client, press_sign_in(client, opening.page, reply_to=str(opening.pk)))

    response = client.get(opening.page.url)

    assert f'name="reply_to" value="{opening.pk}"' in response.content.decode()
    assert "Reply to Ann Tern" in visible_text(response)


def test_the_reader_is_led_back_to_the_page_where_the_comment_will_stand(client):
    from discussion.posting.sign_in_views import form_url_for
    from discussion.text.submission import Submission
    from discussion.threads.outline import Outline  # noqa: F401 - the address is asked for by way of the form

    post, by = make_post(), make_user()
    tops = [make_comment(on=post, by=by) for _ in range(20)]
    request = client.get(post.url).wsgi_request

    last = form_url_for(request, post, Submission.from_post({}))
    beneath = form_url_for(request, post, Submission.from_post({"reply_to": str(tops[3].pk)}))
    make_comment(on=post, by=by)
    beyond = form_url_for(request, post, Submission.from_post({}))

    assert (last, beneath, beyond) == (
        f"{post.url}?talk=1#comment-form",
        f"{post.url}?talk=1#comment-form",
        f"{post.url}?talk=2#comment-form",
    )


def test_once_posted_the_draft_is_gone(client):
    post = make_post()
    sign_in_at_provider(client, press_sign_in(client, post))

    post_comment(client, post, comment=DRAFT)

    assert "discussion.draft" not in client.session
    assert comment_field(client.get(post.url)) == ""


@pytest.mark.parametrize("provider", ["myspace", "admin", "openid"])
def test_a_provider_that_is_not_offered_is_not_found(client, provider):
    assert press_sign_in(client, make_post(), provider).status_code == HTTPStatus.NOT_FOUND
    assert not client.cookies


@pytest.mark.parametrize("extra", [{}, {"change": "1"}])
def test_logging_out_from_the_form_keeps_the_draft_and_leads_back_to_it(client, extra):
    post = make_post()
    client.force_login(make_user())

    response = client.post("/discussion/sign-out/", comment_form_data(post, comment=DRAFT) | extra)

    assert (response.status_code, response["Location"]) == (
        HTTPStatus.SEE_OTHER,
        f"{post.url}?talk=1#comment-form",
    )
    page = client.get(post.url)
    assert comment_field(page) == DRAFT
    assert "/discussion/sign-in/google/" in page.content.decode()


def test_logging_out_needs_the_members_token():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(name="Joan Marsh"))

    response = client.post("/discussion/sign-out/", comment_form_data(make_post(), comment=DRAFT))

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert comment_field(response) == DRAFT
    assert "_auth_user_id" in client.session
