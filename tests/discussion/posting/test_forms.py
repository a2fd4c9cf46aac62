"""What the comment form takes, and what it does not."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from discussion.models import Comment
from tests.support.comments import post_guest_comment, visible_text
from tests.support.factories import make_post

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", [">", "-", "\u200b\u2060", "> -"])
def test_a_comment_that_shows_nothing_is_not_taken(client, text):
    response = post_guest_comment(client, make_post(), comment=text)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Enter a comment." in visible_text(response)
    assert not Comment.objects.exists()


def test_a_guest_whose_form_has_a_token_was_never_signed_in(client):
    """As it has in a browser with a session, which a draft begins."""
    response = post_guest_comment(client, make_post(), csrfmiddlewaretoken="x" * 32)

    assert (response.status_code, response["Location"]) == (HTTPStatus.SEE_OTHER, "/discussion/sent/")
    assert Comment.objects.get().user_name == "Grace Heron"
