"""What moderators do: bans, locks, marks, and who may do any of it."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from wagtail.models import ModelLogEntry

from blog.models import Post
from discussion.models import Ban, Comment, State
from tests.support.comments import make_comment, make_guest_comment, visible_text
from tests.support.factories import make_post, make_user
from tests.support.moderation import act, inspect_path, logged_actions, make_moderator, make_rules

pytestmark = pytest.mark.django_db
ADMIN = "/admin/discussion/"


@pytest.mark.parametrize(
    ("mark", "unmark", "field"),
    [("pin", "unpin", "pinned"), ("mark_as_staff", "unmark_as_staff", "is_staff_comment")],
)
def test_a_comment_is_marked_and_unmarked_at_the_queue(moderator, mark, unmark, field):
    comment = make_comment()

    for action, bears, other in ((mark, True, unmark), (unmark, False, mark)):
        offered = moderator.get(inspect_path(comment)).content.decode()
        moderator.post(f"/admin/bulk/discussion/comment/{action}/?id={comment.pk}&next={ADMIN}")
        assert f"/comment/{action}/" in offered
        assert f"/comment/{other}/" not in offered
        assert getattr(Comment.objects.get(), field) is bears

    assert sorted(logged_actions()) == sorted([f"discussion.{mark}", f"discussion.{unmark}"])


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


@pytest.mark.parametrize("what", ["note", "ban", "lock", "close", "decline", "nonsense"])
def test_only_moderators_act_and_only_by_post(client, what):
    comment = make_comment()
    path = f"{ADMIN}act/{comment.pk}/{what}/"
    client.force_login(make_user())
    stranger = client.post(path, {"words": "x", "kind": "refuse", "days": 7})
    client.force_login(make_moderator())
    by_get = client.get(path)

    assert stranger.status_code in (HTTPStatus.FOUND, HTTPStatus.FORBIDDEN)
    assert by_get.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert not ModelLogEntry.objects.exists()


def test_an_act_with_nonsense_is_notified_and_not_done(moderator):
    comment = make_comment()

    for what, fields in (("note", {}), ("ban", {"kind": "x", "days": "y"}), ("unban", {}), ("decline", {})):
        assert act(moderator, what, comment, **fields)["Location"] == inspect_path(comment)

    assert not ModelLogEntry.objects.exists()
    assert act(moderator, "nonsense", comment).status_code == HTTPStatus.NOT_FOUND


def test_the_rule_is_chosen_by_its_title_with_ready_made_words(moderator):
    make_rules(canned_replies="Thank you for being brief.")
    comment = make_comment(by=make_user(email="joan@example.org"))
    path = f"/admin/bulk/discussion/comment/remove/?id={comment.pk}&next={ADMIN}"

    shown = visible_text(moderator.get(path))
    moderator.post(path, {"rule": 3, "ready": "Thank you for being brief.", "words": "And kind."})

    from mail.models import QueuedEmail

    assert "3. No student information" in shown
    assert "Thank you for being brief.\n\nAnd kind." in QueuedEmail.objects.get().text
