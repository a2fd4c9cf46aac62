"""Signing in and out from the comment form: the draft and its place are kept."""

from __future__ import annotations

import re
from http import HTTPStatus
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from django.test import Client

from tests.support.comments import comment_field, comment_form_data, make_comment, visible_text
from tests.support.drafts import DRAFT, press_sign_in, sign_in_at_provider
from tests.support.factories import make_post, make_user
from tests.support.stand_in import MARIA, PASSWORD, make_member

pytestmark = pytest.mark.django_db


def test_a_sign_in_button_begins_a_session_with_the_draft_and_leads_to_the_provider(client):
    post = make_post()
    assert not client.cookies

    response = press_sign_in(client, post)

    assert response.status_code == HTTPStatus.FOUND
    there = urlsplit(response["Location"])
    assert there.port == int(__import__("os").environ["STAND_IN_PORT"])
    assert "redirect_uri" in parse_qs(there.query)
    assert client.session["discussion.draft"]["comment"] == DRAFT


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


def member_form_data(page):
    """Return what the form sends that was shown to a member: it asks for no name."""
    data = comment_form_data(page, comment=DRAFT, csrfmiddlewaretoken="x" * 32)
    return {name: value for name, value in data.items() if name not in ("name", "email", "url")}


def test_a_comment_whose_session_has_ended_comes_back_with_a_way_to_sign_in_or_post_as_a_guest(client):
    post = make_post()

    response = client.post("/discussion/post/", member_form_data(post))

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "You’ve been signed out, so your comment was not posted." in visible_text(response)
    assert comment_field(response) == DRAFT
    assert 'name="email"' in response.content.decode()
    assert f"/accounts/login/?next={quote(post.url, safe='')}" in response.content.decode()
    assert not post.comments.exists()


def test_after_signing_in_with_a_password_the_comment_is_in_the_form_again(client):
    post = make_post()
    make_member()
    ended = client.post("/discussion/post/", member_form_data(post))
    link = re.search(r'href="/accounts/login/\?next=([^"]*)"', ended.content.decode())[1]

    response = client.post("/accounts/login/", {"login": MARIA, "password": PASSWORD, "next": unquote(link)})

    assert response.url.startswith(post.url)
    assert comment_field(client.get(response.url)) == DRAFT


def test_a_guest_who_leaves_the_name_empty_was_never_signed_in(client):
    response = client.post("/discussion/post/", comment_form_data(make_post(), comment=DRAFT))

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "signed out" not in visible_text(response)
