"""A member says something under a post."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_comments.signals import comment_will_be_posted

from discussion.models import Comment
from tests.support.comments import confirmation, make_comment, post_comment
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


def statements_to_post(client, page, **fields):
    """Return the first words of each statement that an accepted comment costs, in order.

    The page's version is left out: it is written once a transaction, and a test is one.
    """
    with CaptureQueriesContext(connection) as seen:
        assert post_comment(client, page, **fields).status_code == HTTPStatus.SEE_OTHER
    statements = [" ".join(query["sql"].split()[:3]) for query in seen if "pagecache_" not in query["sql"]]
    return [sql for sql in statements if not sql.startswith(("SAVEPOINT", "RELEASE"))]


def test_an_accepted_comment_costs_ten_statements_and_writes_three_rows(client):
    page = make_post()
    client.force_login(make_user())
    post_comment(client, page, comment="The first fills what every process knows.")

    statements = statements_to_post(client, page)

    assert [sql for sql in statements if not sql.startswith("SELECT")] == [
        'INSERT INTO "django_comments"',
        'INSERT INTO "django_comments_xtd_xtdcomment"',
        'INSERT INTO "discussion_comment"',
    ]
    assert len(statements) == 10


def test_a_reply_writes_one_row_more_however_long_its_thread(client):
    opening = make_comment()
    client.force_login(make_user())
    post_comment(client, opening.page, reply_to=opening.pk, comment="The first.")
    short = statements_to_post(client, opening.page, reply_to=opening.pk)
    for _ in range(20):
        make_comment(reply_to=opening)

    long = statements_to_post(client, opening.page, reply_to=opening.pk, comment="The last.")

    assert long == short
    assert sum(not sql.startswith("SELECT") for sql in long) == 4


def test_the_listeners_are_asked_before_the_transaction_begins(client):
    page, begun = make_post(), []
    client.force_login(make_user())
    before = len(connection.savepoint_ids)

    def look(sender, **more):
        begun.append(len(connection.savepoint_ids) > before)

    comment_will_be_posted.connect(look, sender=Comment)
    try:
        post_comment(client, page)
    finally:
        comment_will_be_posted.disconnect(look, sender=Comment)

    assert begun == [False]
