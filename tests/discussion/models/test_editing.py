"""How long a comment can be edited, and what an edit and an addendum change."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone

from discussion.models import Comment, State
from discussion.models.comment_state import TransitionError
from discussion.models.editing import EDIT_WINDOW, EDIT_WINDOW_UNANSWERED
from discussion.text.markdown import RENDERER_VERSION
from tests.support.comments import make_comment, make_guest_comment
from tests.support.page_versions import bumped_discussions, forget_bumps

pytestmark = pytest.mark.django_db

A_SECOND = timedelta(seconds=1)


def can_edit(comment, *, after, has_replies):
    with time_machine.travel(comment.submit_date + after, tick=False):
        return comment.can_edit(has_replies=has_replies)


def can_add(comment, *, after, has_replies):
    with time_machine.travel(comment.submit_date + after, tick=False):
        return comment.can_add_addendum(has_replies=has_replies)


@pytest.mark.parametrize(
    ("after", "unanswered", "answered"),
    [
        (timedelta(0), True, True),
        (EDIT_WINDOW - A_SECOND, True, True),
        (EDIT_WINDOW, True, False),
        (EDIT_WINDOW_UNANSWERED - A_SECOND, True, False),
        (EDIT_WINDOW_UNANSWERED, False, False),
    ],
)
def test_an_addendum_is_possible_from_the_moment_when_editing_is_over(after, unanswered, answered):
    make_comment()
    comment = Comment.objects.get()

    assert can_edit(comment, after=after, has_replies=False) is unanswered
    assert can_edit(comment, after=after, has_replies=True) is answered
    assert can_add(comment, after=after, has_replies=False) is not unanswered
    assert can_add(comment, after=after, has_replies=True) is not answered


@pytest.mark.parametrize("state", State)
def test_only_what_can_be_read_can_be_edited_and_only_what_is_published_added_to(state):
    comment = make_guest_comment(state=state)

    assert comment.can_edit(has_replies=False) == (state in {State.PUBLISHED, State.WAITING})
    assert can_add(comment, after=timedelta(days=2), has_replies=False) == (state == State.PUBLISHED)


def test_there_is_one_addendum():
    comment = make_comment()

    comment.add_addendum("And *more*.")

    saved = Comment.objects.get()
    assert saved.addendum_html == "<p>And <em>more</em>.</p>"
    assert not can_add(saved, after=timedelta(days=2), has_replies=True)
    with pytest.raises(TransitionError):
        comment.add_addendum("Once again.")
    assert Comment.objects.get().addendum == "And *more*."


def test_an_addendum_has_its_date_and_leaves_the_comment_unedited():
    comment = make_comment(text="First.")
    forget_bumps()
    moment = timezone.now() + timedelta(days=2)

    with time_machine.travel(moment, tick=False):
        comment.add_addendum("More.")

    saved = Comment.objects.get()
    assert abs(saved.addendum_at - moment) < A_SECOND
    assert (saved.comment, saved.edited_at) == ("First.", None)
    assert f"discussion/{comment.page_id}" in bumped_discussions()


def test_an_edit_changes_the_text_its_html_and_the_moment_and_nothing_else():
    comment = make_comment(text="First.", fingerprint="of-first")
    forget_bumps()
    Comment.objects.update(renderer_version=0)
    moment = timezone.now() + timedelta(minutes=5)
    comment.pinned = True

    with time_machine.travel(moment, tick=False):
        comment.edit("*Second*.")

    saved = Comment.objects.get()
    assert (saved.comment, saved.html) == ("*Second*.", "<p><em>Second</em>.</p>")
    assert abs(saved.edited_at - moment) < A_SECOND
    assert (saved.renderer_version, saved.fingerprint) == (RENDERER_VERSION, "of-first")
    assert not saved.pinned
    assert f"discussion/{comment.page_id}" in bumped_discussions()


@pytest.mark.parametrize("fingerprint", ["of-second", ""])
def test_an_edit_saves_the_fingerprint_it_is_given(fingerprint):
    comment = make_comment(fingerprint="of-first")

    comment.edit("Second.", fingerprint=fingerprint)

    assert Comment.objects.get().fingerprint == fingerprint


def test_an_edit_to_what_was_said_before_is_refused():
    comment = make_comment(fingerprint="of-first")
    make_comment(on=comment.page, fingerprint="of-second")

    with pytest.raises(IntegrityError):
        comment.edit("Second.", fingerprint="of-second")


@pytest.mark.parametrize("state", sorted(set(State) - {State.PUBLISHED, State.WAITING}))
def test_what_was_taken_away_meanwhile_is_not_changed(state):
    comment = make_comment(text="First.")
    Comment.objects.update(state=state)

    for change in (lambda: comment.edit("Second."), lambda: comment.add_addendum("More."), comment.rerender):
        with pytest.raises(TransitionError):
            change()

    saved = Comment.objects.get()
    assert (saved.comment, saved.addendum) == ("First.", "")


def test_rendering_anew_changes_the_html_alone():
    comment = make_comment(text="A *word*.")
    comment.add_addendum("And *more*.")
    Comment.objects.update(html="Old.", addendum_html="Old.", renderer_version=0)
    forget_bumps()

    Comment.objects.get().rerender()

    saved = Comment.objects.get()
    assert (saved.html, saved.addendum_html) == ("<p>A <em>word</em>.</p>", "<p>And <em>more</em>.</p>")
    assert (saved.renderer_version, saved.edited_at) == (RENDERER_VERSION, None)
    assert f"discussion/{comment.page_id}" in bumped_discussions()


def test_only_published_replies_count_as_answers():
    comment = make_comment()
    waiting = make_comment(reply_to=comment, state=State.WAITING)
    before = comment.has_published_replies()

    waiting.approve()

    assert (before, comment.has_published_replies()) == (False, True)
