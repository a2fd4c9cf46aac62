"""A member says something under a post."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from discussion.models import Comment
from tests.support.comments import confirmation, post_comment
from tests.support.factories import make_post, make_user

pytestmark = pytest.mark.django_db


def test_a_members_comment_is_on_the_page_at_once(client):
    post = make_post()
    client.force_login(make_user(name="Joan Marsh"))

    response = post_comment(client, post, comment="We *share* a nurse.")

    comment = Comment.objects.get()
    assert response.status_code == HTTPStatus.SEE_OTHER
    assert response["Location"] == f"{post.url}?talk=1&posted={comment.pk}#comment-{comment.pk}"
    assert confirmation(client, response, selector=".comment__confirmation") == "Comment published."
    page = client.get(post.url).content.decode()
    assert f'id="comment-{comment.pk}"' in page
    assert "We <em>share</em> a nurse." in page
    assert "Joan Marsh" in page


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
@pytest.mark.parametrize(
    "path", ["/discussion/post/", "/discussion/sign-out/", "/discussion/sign-in/google/"]
)
def test_nothing_is_done_by_any_other_method(client, method, path):
    assert getattr(client, method)(path).status_code == HTTPStatus.METHOD_NOT_ALLOWED
