"""Whose comment may be edited, and by whom."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from discussion.models import State
from tests.support.comments import change, make_comment
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["edit", "delete"])
def test_nobody_changes_what_another_said(client, path):
    comment = make_comment(text="First words.")

    stranger = client.post(f"/discussion/{path}/{comment.pk}/", {"comment": "Mine now."})
    client.force_login(make_user())
    other = client.post(f"/discussion/{path}/{comment.pk}/", {"comment": "Mine now."})

    comment.refresh_from_db()
    assert stranger.status_code == other.status_code == HTTPStatus.FORBIDDEN
    assert (comment.comment, comment.state) == ("First words.", State.PUBLISHED)


def test_a_removed_comment_can_be_neither_changed_nor_deleted(client, mine):
    mine.remove(rule=1)

    assert change(client, mine).status_code == HTTPStatus.GONE
    assert client.post(f"/discussion/delete/{mine.pk}/").status_code == HTTPStatus.GONE
    mine.refresh_from_db()
    assert mine.state == State.REMOVED
