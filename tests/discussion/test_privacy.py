"""Comments in a member’s export, and what erasing a member takes."""

from __future__ import annotations

import pytest

from discussion.models import State
from tests.support.comments import (
    make_comment,
    visible_text,
)
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_member_finds_their_comments_on_their_own_page_and_in_their_export(client):
    from accounts.privacy import registry

    mine, other = make_comment(text="Mine."), make_comment(text="Somebody else's.")
    request = client.get("/").wsgi_request
    request.user = mine.user

    sections = " ".join(section.body for section in registry.render_sections(request))
    export = registry.export(mine.user)["comments"]

    assert "Mine." in sections
    assert other.comment not in sections
    assert [part["text"] for part in export] == ["Mine."]


def test_erasing_a_member_takes_their_words_and_leaves_those_of_others(client):
    from accounts.privacy import registry

    mine = make_comment(text="Mine.", by=make_user(name="Gone Person"))
    make_comment(reply_to=mine, text="An answer.")

    registry.erase(mine.user)

    mine.refresh_from_db()
    page = visible_text(client.get(mine.page.url))
    assert (mine.state, mine.comment, mine.user) == (State.ERASED, "", None)
    assert "An answer." in page
    assert "Gone Person" not in page
