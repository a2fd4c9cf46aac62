"""What moderators do: bans, locks, marks, and who may do any of it."""

from __future__ import annotations

import pytest

from blog.models import Post
from discussion.models import Ban, Comment, State
from tests.support.comments import make_comment, make_guest_comment, visible_text
from tests.support.factories import make_post, make_user
from tests.support.moderation import act, inspect_path, logged_actions

pytestmark = pytest.mark.django_db


def test_a_ban_holds_for_account_and_address_until_it_is_lifted(moderator):
    author = make_user(email="joan@example.org")
    comment = make_comment(by=author)

    act(moderator, "ban", comment, kind="refuse", days=7)

    ban = Ban.objects.get()
    assert (ban.user, ban.kind, len(ban.address_hash)) == (author, "refuse", 64)
    as_guest = Comment(page=comment.page, user_email="JOAN@example.org")
    assert Ban.objects.against_author(as_guest).exists()
    assert "can’t comment" in visible_text(moderator.get(inspect_path(comment)))

    act(moderator, "unban", comment)

    assert not Ban.objects.exists()
    assert sorted(logged_actions()) == ["discussion.ban", "discussion.unban"]


def test_what_a_banned_guest_has_not_confirmed_waits_for_a_moderator(moderator):
    shown = make_guest_comment(email="grace@example.org")
    open_one = make_guest_comment(email="grace@example.org", on=shown.page, state=State.UNCONFIRMED)

    act(moderator, "ban", shown, kind="read", days=0)
    Comment.objects.get(pk=open_one.pk).confirm()

    assert Comment.objects.get(pk=open_one.pk).state == State.WAITING


def test_a_thread_is_locked_as_a_whole_and_unlocked_again(moderator):
    opening = make_comment()
    reply = make_comment(reply_to=opening)

    act(moderator, "lock", reply)
    assert Comment.objects.get(pk=opening.pk).locked
    act(moderator, "unlock", opening)

    assert not Comment.objects.filter(locked=True).exists()
    assert sorted(logged_actions()) == ["discussion.lock", "discussion.unlock"]


def test_a_closed_page_stays_closed_when_an_editor_publishes_an_older_draft(moderator):
    comment = make_comment(on=make_post())
    post = Post.objects.get()
    post.title = "A draft"
    draft = post.save_revision()

    act(moderator, "close", comment)
    assert not Post.objects.get().comments_open
    draft.refresh_from_db()
    draft.publish()

    assert Post.objects.get().title == "A draft"
    assert not Post.objects.get().comments_open
    act(moderator, "open", comment)
    assert Post.objects.get().comments_open
