"""What the tests of editing share."""

from __future__ import annotations

import pytest

from tests.support.comments import by_link, make_comment, make_guest_comment


@pytest.fixture
def mine(client):
    comment = make_comment(text="First words.")
    client.force_login(comment.user)
    return comment


@pytest.fixture(params=["a member", "a guest"])
def own(request, client):
    """Return a comment of one's own and where it is changed."""
    if request.param == "a guest":
        comment = make_guest_comment(text="First words.")
        return comment, by_link(comment, "edit/")
    comment = make_comment(text="First words.")
    client.force_login(comment.user)
    return comment, f"/discussion/edit/{comment.pk}/"
