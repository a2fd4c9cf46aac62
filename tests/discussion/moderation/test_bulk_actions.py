"""A moderator's action asks first, and is done to one comment or to many."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from wagtail.models import ModelLogEntry

from discussion.models import Comment, Report, State
from tests.support.comments import make_comment, visible_text
from tests.support.factories import make_user
from tests.support.moderation import ADMIN, act, action_url, inspect_path, logged_actions, make_moderator

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("approve", State.WAITING, State.PUBLISHED),
        ("hold", State.PUBLISHED, State.WAITING),
        ("remove", State.PUBLISHED, State.REMOVED),
        ("mark_as_spam", State.PUBLISHED, State.SPAM),
        ("restore", State.REMOVED, State.PUBLISHED),
    ],
)
def test_each_action_asks_on_get_and_is_done_on_post_and_logged(moderator, name, before, after):
    comments = [make_comment(), make_comment()]
    Comment.objects.update(state=before)

    shown = moderator.get(action_url(name, *comments))
    assert set(Comment.objects.values_list("state", flat=True)) == {before}
    done = moderator.post(action_url(name, *comments), {"rule": 3} if name == "remove" else {})

    assert shown.status_code == HTTPStatus.OK
    assert done["Location"] == ADMIN
    assert set(Comment.objects.values_list("state", flat=True)) == {after}
    assert [entry.action for entry in ModelLogEntry.objects.all()] == [f"discussion.{name}"] * 2
    if name == "remove":
        assert set(Comment.objects.values_list("rule", flat=True)) == {3}


def test_removing_needs_the_number_of_a_rule(moderator):
    comment = make_comment()

    response = moderator.post(action_url("remove", comment), {"rule": ""})

    assert response.status_code == HTTPStatus.OK
    assert Comment.objects.get().state == State.PUBLISHED


def test_an_action_that_is_not_available_is_explained_and_not_done(moderator):
    comment = make_comment()
    comment.delete_by_author()

    response = moderator.get(action_url("approve", comment))
    moderator.post(action_url("approve", comment))

    assert "This action is not available for these comments" in visible_text(response)
    assert Comment.objects.get().state == State.DELETED


@pytest.mark.parametrize("chosen", ["id=all", "id=abc", "id=999999", "id=" + "9" * 40, ""])
def test_an_odd_choice_chooses_nothing(moderator, chosen):
    make_comment()

    response = moderator.post(f"/admin/bulk/discussion/comment/mark_as_spam/?{chosen}")

    assert response.status_code in (HTTPStatus.OK, HTTPStatus.FOUND, HTTPStatus.NOT_FOUND)
    assert Comment.objects.get().state == State.PUBLISHED


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


def test_leaving_a_reported_comment_is_offered_where_something_was_reported(client, mo):
    reported, quiet = make_comment(), make_comment()
    Report.objects.create(comment=reported, rule=2)
    client.force_login(mo)

    offered = [
        "Dismiss reports" in visible_text(client.get(f"{ADMIN}inspect/{comment.pk}/"))
        for comment in (reported, quiet)
    ]
    client.post(f"/admin/bulk/discussion/comment/keep/?id={reported.pk}&id={quiet.pk}")

    assert offered == [True, False]
    assert [entry.object_id for entry in ModelLogEntry.objects.all()] == [str(reported.pk)]
    assert "held by a moderator" in visible_text(
        client.get(f"{ADMIN}?page={make_comment(state=State.WAITING).page_id}")
    )
