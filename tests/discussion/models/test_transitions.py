"""What may be done to a comment in which state, and what it does."""

from __future__ import annotations

import pytest
from django_comments_xtd.models import XtdComment
from wagtail.models import ModelLogEntry

from discussion.models import Comment, State
from discussion.models.comment_state import TRANSITIONS
from discussion.models.transitions import METHODS, TransitionError
from tests.support.comments import make_comment, make_guest_comment
from tests.support.factories import make_user
from tests.support.page_versions import bumped_discussions, forget_bumps

pytestmark = pytest.mark.django_db
WAYS = [(state, action) for state in State for action in TRANSITIONS]


@pytest.mark.parametrize(("state", "action"), WAYS)
def test_an_action_leads_where_it_should_or_is_refused(state, action):
    comment = make_guest_comment(state=State.UNCONFIRMED)
    Comment.objects.filter(pk=comment.pk).update(state=state)
    starts, to = TRANSITIONS[action]

    if state in starts:
        getattr(comment, METHODS.get(action, action))()
        assert Comment.objects.get().state == to
    else:
        with pytest.raises(TransitionError):
            getattr(comment, METHODS.get(action, action))()
        assert Comment.objects.get().state == state


def test_a_comment_gets_its_place_when_it_is_first_read_and_keeps_it():
    opening = make_comment()
    held = make_comment(reply_to=opening, state=State.WAITING)
    make_comment(reply_to=opening)

    held.approve()
    held.remove(rule=1)
    held.restore()
    held.hold()
    held.approve()

    assert Comment.objects.get(pk=held.pk).order == 3
    assert XtdComment.norel_objects.get(pk=opening.pk).nested_count == 2


def test_of_two_who_do_the_same_at_once_only_the_first_does():
    comment = make_comment(state=State.WAITING)
    stale = Comment.objects.get(pk=comment.pk)
    comment.approve()

    with pytest.raises(TransitionError):
        stale.approve()

    assert XtdComment.norel_objects.get(pk=comment.pk).order == 1


def test_an_action_changes_nothing_else(django_assert_max_num_queries):
    comment = make_comment(text="As said.")
    stale = Comment.objects.get(pk=comment.pk)
    comment.edit("As mended.")

    stale.remove(rule=2)

    comment.refresh_from_db()
    assert (comment.comment, comment.rule, comment.state) == ("As mended.", 2, State.REMOVED)


def test_restoring_takes_the_rule_back():
    comment = make_comment()

    comment.remove(rule=2)
    comment.restore()

    assert Comment.objects.get().rule is None


def test_every_action_that_readers_see_bumps_the_version():
    comment = make_comment()

    for action in (
        "hold",
        "approve",
        "remove",
        "restore",
        "mark_as_spam",
        "restore",
        "delete_by_author",
        "erase",
    ):
        forget_bumps()
        getattr(comment, action)()
        assert f"discussion/{comment.page_id}" in bumped_discussions(), action


def test_what_a_moderator_does_is_in_the_log():
    moderator, comment = make_user(), make_comment(by=make_user(email="hidden@example.org"))

    comment.remove(rule=1, by=moderator)

    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.user, entry.object_id) == ("discussion.remove", moderator, str(comment.pk))
    assert "hidden" not in entry.label


def test_what_a_writer_deletes_is_deleted():
    comment = make_comment(text="Regretted.")

    comment.delete_by_author()

    comment.refresh_from_db()
    assert (comment.comment, comment.html) == ("", "")


def test_what_is_erased_leads_to_nobody():
    comment = make_guest_comment(user_url="https://heron.example.org", ip_address="192.0.2.1")

    comment.erase()

    comment.refresh_from_db()
    assert not any(
        (
            comment.comment,
            comment.html,
            comment.user,
            comment.user_name,
            comment.user_email,
            comment.user_url,
            comment.ip_address,
        )
    )


def test_when_an_account_goes_its_comments_stay_without_a_name():
    comment = make_comment()

    comment.user.delete()

    assert Comment.objects.get().name == "Former member"


@pytest.mark.parametrize(
    ("action", "field", "value"),
    [
        ("pin", "pinned", True),
        ("unpin", "pinned", False),
        ("mark_as_staff", "is_staff_comment", True),
        ("unmark_as_staff", "is_staff_comment", False),
    ],
)
def test_a_mark_is_set_on_the_comment_and_in_its_row_and_logged(action, field, value):
    comment, other = (make_comment(**{field: not value}) for _ in range(2))
    forget_bumps()

    comment.apply(action, by=make_user())

    assert getattr(comment, field) is value
    assert getattr(Comment.objects.get(pk=comment.pk), field) is value
    assert getattr(Comment.objects.get(pk=other.pk), field) is not value
    assert bumped_discussions() == [f"discussion/{comment.page_id}"]
    assert ModelLogEntry.objects.get().action == f"discussion.{action}"


def test_an_action_of_nobody_is_not_logged():
    comment = make_comment()

    comment.pin()
    comment.hold()

    assert not ModelLogEntry.objects.exists()


@pytest.mark.parametrize(("needs_review", "state"), [(True, State.WAITING), (False, State.PUBLISHED)])
def test_what_a_guest_confirms_is_published_unless_it_needs_review(needs_review, state):
    comment = make_guest_comment(state=State.UNCONFIRMED, needs_review=needs_review)

    comment.confirm()

    assert Comment.objects.get().state == state


def test_the_reason_for_holding_goes_when_a_moderator_has_decided():
    comment = make_comment()
    comment.hold(reason="links")
    held = Comment.objects.get().hold_reason

    comment.approve()
    approved = Comment.objects.get().hold_reason
    Comment.objects.update(hold_reason="reports")
    comment.apply("keep", by=make_user())

    assert (held, approved, Comment.objects.get().hold_reason) == ("links", "", "")


@pytest.mark.parametrize(
    ("action", "fields", "data"),
    [("remove", {"rule": 3}, {"rule": 3}), ("remove", {}, {}), ("mark_as_spam", {}, {})],
)
def test_only_a_removal_by_a_rule_cites_it_in_the_log(action, fields, data):
    comment = make_comment(rule=2)

    getattr(comment, action)(by=make_user(), **fields)

    assert ModelLogEntry.objects.get().data == data
