"""A draft is kept while its author signs in, for the page it was begun on, until it is posted."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.support.comments import comment_field, post_comment, visible_text
from tests.support.drafts import DRAFT, press_sign_in, sign_in_at_provider
from tests.support.factories import make_post

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize(("hours", "is_there"), [(23, True), (25, False)])
def test_what_was_left_for_a_day_is_shown_to_nobody(client, hours, is_there):
    post = make_post()
    press_sign_in(client, post, name="Grace", email="grace@example.org")

    with time_machine.travel(timezone.now() + timedelta(hours=hours)):
        response = client.get(post.url)

    assert ("grace@example.org" in response.content.decode()) == is_there
    assert comment_field(response) == (DRAFT if is_there else "")


def test_once_posted_the_draft_is_gone(client):
    post = make_post()
    sign_in_at_provider(client, press_sign_in(client, post))

    post_comment(client, post, comment=DRAFT)

    assert "discussion.draft" not in client.session
    assert comment_field(client.get(post.url)) == ""
