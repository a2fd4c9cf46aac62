"""What a member finds useful, and up to when they have read a page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from discussion.models import Comment, Reaction, ReadMarker
from tests.support.comments import make_comment, queries_of
from tests.support.factories import make_post, make_user
from tests.support.page_versions import bumped_discussions, forget_bumps

pytestmark = pytest.mark.django_db


def count_of(comment):
    return Comment.objects.get(pk=comment.pk).useful_count


def test_a_member_marks_a_comment_as_useful_and_takes_the_mark_back():
    comment, member, other = make_comment(), make_user(), make_user()
    Reaction.objects.toggle(comment, other)

    marked = Reaction.objects.toggle(comment, member)
    once = count_of(comment)
    unmarked = Reaction.objects.toggle(comment, member)

    assert (marked, once) == (True, 2)
    assert (unmarked, count_of(comment)) == (False, 1)
    assert list(Reaction.objects.values_list("member", flat=True)) == [other.pk]


def test_a_mark_is_no_mark_of_another_comment():
    comment, other, member = make_comment(), make_comment(), make_user()
    Reaction.objects.toggle(other, member)

    assert Reaction.objects.toggle(comment, member) is True
    assert (count_of(comment), count_of(other)) == (1, 1)


def test_a_mark_and_its_end_bump_the_version_of_the_page():
    comment, member = make_comment(), make_user()

    for _ in range(2):
        forget_bumps()
        Reaction.objects.toggle(comment, member)
        assert f"discussion/{comment.page_id}" in bumped_discussions()


def test_counting_again_mends_a_wrong_count_to_nothing_too():
    useful, useless, other = (make_comment() for _ in range(3))
    Reaction.objects.toggle(useful, make_user())
    Reaction.objects.toggle(useful, make_user())
    Comment.objects.update(useful_count=9)

    Reaction.objects.recount([useless.pk, useful.pk])

    assert [count_of(one) for one in (useful, useless, other)] == [2, 0, 9]


def test_with_a_member_go_their_marks_from_every_count():
    comment, member = make_comment(), make_user()
    Reaction.objects.toggle(comment, member)
    forget_bumps()

    member.delete()

    assert count_of(comment) == 0
    assert f"discussion/{comment.page_id}" in bumped_discussions()


def test_a_member_is_told_which_of_some_comments_they_marked():
    member = make_user()
    mine, others, unasked = (make_comment() for _ in range(3))
    Reaction.objects.toggle(mine, member)
    Reaction.objects.toggle(unasked, member)
    Reaction.objects.toggle(others, make_user())

    assert Reaction.objects.comment_ids_marked_by(member, {mine.pk, others.pk}) == {mine.pk}


def test_what_was_read_last_is_known_for_each_member_and_page():
    page, member, moment = make_post(), make_user(), timezone.now()
    ReadMarker.objects.mark_read(make_user(), page, moment)
    ReadMarker.objects.mark_read(member, make_post(), moment)
    assert ReadMarker.objects.last_read(member, page) is None

    ReadMarker.objects.mark_read(member, page, moment - timedelta(days=1))
    ReadMarker.objects.mark_read(member, page, moment)

    assert ReadMarker.objects.last_read(member, page) == moment
    assert ReadMarker.objects.filter(member=member, page=page).count() == 1


def test_a_toggle_locks_the_comment_before_it_counts():
    comment, member = make_comment(), make_user()

    statements = [sql.split()[0] for sql in queries_of(lambda: Reaction.objects.toggle(comment, member))]

    assert statements[0] == "SELECT"
    assert "INSERT" in statements


def test_marks_name_no_text():
    comment, member = make_comment(text="Secret."), make_user()
    Reaction.objects.toggle(comment, member)
    ReadMarker.objects.mark_read(member, comment.page, timezone.now())

    assert str(Reaction.objects.get()) == f"Comment {comment.pk}, {member}"
    assert str(marker := ReadMarker.objects.get()) == f"ReadMarker {marker.pk}"
