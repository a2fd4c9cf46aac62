"""What a changed text must be."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from discussion.models import State
from tests.support.comments import change, visible_text
from tests.support.moderation import make_rules

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", ["", "x" * 10_001, "bell \x07"])
def test_words_that_will_not_do_are_kept_and_explained(client, mine, words):
    response = change(client, mine, words)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "There is a problem" in visible_text(response)
    mine.refresh_from_db()
    assert mine.comment == "First words."


def test_changed_words_that_are_not_taken_are_told_so_and_kept(client, own):
    comment, path = own
    make_rules(reject_words="casino")

    response = client.post(path, {"comment": "Come to the casino & win."})

    comment.refresh_from_db()
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Comments with “casino” are not accepted here." in visible_text(response)
    assert "Come to the casino & win.</textarea>" in response.content.decode().replace("&amp;", "&")
    assert (comment.comment, comment.state, comment.edited_at) == ("First words.", State.PUBLISHED, None)
