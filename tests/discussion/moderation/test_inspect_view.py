"""One comment as moderators inspect it, with its thread and their notes."""

from __future__ import annotations

import pytest

from discussion.models import ModeratorNote, Report
from tests.support.comments import make_comment, make_guest_comment, queries_of, visible_text
from tests.support.factories import make_user
from tests.support.moderation import act, inspect_path, logged_actions

pytestmark = pytest.mark.django_db


def test_the_inspect_view_shows_a_comment_within_its_thread_and_all_that_is_known(moderator):
    opening = make_comment(text="How it began.")
    comment = make_guest_comment(reply_to=opening, text="The one.", email="grace@example.org")
    make_comment(reply_to=comment, text="An answer.")
    make_comment(on=opening.page, text="Another thread.")
    Report.objects.create(comment=comment, rule=2, text="Rude.")
    ModeratorNote.objects.create(comment=comment, by=make_user(name="Second Mo"), text="Second time.")

    words = visible_text(moderator.get(inspect_path(comment)))

    assert "Hold Remove Mark as spam" in words
    for there in ("How it began.", "The one.", "An answer.", "grace@example.org", "Rude.", "Second time."):
        assert there in words
    assert "Another thread." not in words


def test_the_inspect_view_costs_the_same_in_a_long_thread(moderator):
    opening = make_comment()
    reply = make_comment(reply_to=opening)
    moderator.get(inspect_path(reply))
    few = len(queries_of(lambda: moderator.get(inspect_path(reply))))
    for _ in range(30):
        make_comment(reply_to=opening)

    assert len(queries_of(lambda: moderator.get(inspect_path(reply)))) == few


def test_a_note_is_saved_for_moderators_alone(moderator):
    comment = make_comment()

    act(moderator, "note", comment, words="Watch <b>this</b>.")

    assert "Watch <b>this</b>." in visible_text(moderator.get(inspect_path(comment)))
    assert "Watch" not in visible_text(moderator.get(comment.page.url))
    assert logged_actions() == ["discussion.note"]
