"""Places in a thread: who stands where, and what it costs to get there."""

from __future__ import annotations

import pytest
from django.db.models import ProtectedError
from django_comments.models import Comment as PlainComment
from django_comments_xtd.models import XtdComment

from blog.models import Post
from discussion.models import Comment, State
from tests.support.comments import make_comment, queries_of
from tests.support.factories import make_post, make_user
from tests.support.page_versions import bumped_discussions, forget_bumps

pytestmark = pytest.mark.django_db


def place(comment):
    comment.refresh_from_db()
    return comment.thread_id, comment.parent_id, comment.level, comment.order


def test_a_top_comment_is_its_own_thread():
    opening = make_comment()

    assert place(opening) == (opening.pk, opening.pk, 0, 1)


def test_replies_take_the_next_place_and_nobody_is_renumbered():
    opening = make_comment()
    first = make_comment(reply_to=opening)
    second = make_comment(reply_to=opening)
    between = make_comment(reply_to=first)

    assert [place(one)[3] for one in (opening, first, second, between)] == [1, 2, 3, 4]
    assert place(between) == (opening.pk, first.pk, 2, 4)


def test_every_ancestor_counts_who_took_a_place_beneath_it():
    opening = make_comment()
    first = make_comment(reply_to=opening)
    second = make_comment(reply_to=first)
    make_comment(reply_to=second)
    make_comment(reply_to=opening)

    counts = dict(XtdComment.norel_objects.values_list("pk", "nested_count"))
    assert (counts[opening.pk], counts[first.pk], counts[second.pk]) == (4, 2, 1)


def test_beyond_the_deepest_level_a_reply_stands_beside_what_it_answers():
    deepest = make_comment()
    for _ in range(3):
        deepest = make_comment(reply_to=deepest)

    beyond = make_comment(reply_to=deepest)

    assert deepest.level == beyond.level == 3
    assert beyond.parent_id == deepest.parent_id
    assert beyond.reply_to == deepest


def test_a_reply_never_crosses_to_another_page():
    older, newer = make_comment(), make_comment()

    for here, there in ((older, newer), (newer, older)):
        with pytest.raises(ValueError, match="under the page"):
            make_comment(on=here.page, reply_to=there)

    assert Comment.objects.count() == PlainComment.objects.count() == 2


def test_a_page_is_the_same_however_high_its_number():
    make_comment(on=make_post(pk=100_000))
    opening = Comment.objects.get()

    assert make_comment(on=Post.objects.get(pk=100_000), reply_to=opening).is_placed


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_a_reply_costs_the_same_at_place_ten_and_at_place_a_thousand(level):
    above = make_comment()
    for _ in range(level - 1):
        above = make_comment(reply_to=above)
    root = XtdComment.norel_objects.filter(pk=above.thread_id)
    user, page = make_user(), above.page
    make_comment(reply_to=above)  # content types and such are known from now on

    def reply():
        Comment(page=page, user=user, comment="Agreed.", reply_to=above).save()

    root.update(nested_count=8)
    forget_bumps()
    early = queries_of(reply)
    root.update(nested_count=998)
    forget_bumps()
    late = queries_of(reply)

    assert Comment.objects.latest("pk").order == 1_000
    # The root's lock; that comments change; three tables of one comment; those above it; the page's version.
    steps = ["SELECT", "INSERT", "UPDATE", "INSERT", "INSERT", "INSERT", "INSERT"]
    assert [sql.split()[0] for sql in early] == [sql.split()[0] for sql in late] == steps


def test_a_reply_writes_a_handful_of_rows_however_long_the_thread_is():
    opening = make_comment()
    first = make_comment(reply_to=opening)
    for _ in range(30):
        make_comment(reply_to=first)
    before = dict(XtdComment.norel_objects.values_list("pk", "nested_count"))
    orders = dict(XtdComment.norel_objects.values_list("pk", "order"))

    make_comment(reply_to=first)

    changed = {
        pk
        for pk, count in XtdComment.norel_objects.values_list("pk", "nested_count")
        if before.get(pk, count) != count
    }
    assert changed == {opening.pk, first.pk}
    assert orders.items() <= dict(XtdComment.norel_objects.values_list("pk", "order")).items()


def test_saving_a_comment_again_changes_no_count():
    opening = make_comment()
    first = make_comment(reply_to=opening)
    make_comment(reply_to=first)

    for comment in (opening, first):
        comment.refresh_from_db()
        comment.save()

    assert sorted(XtdComment.norel_objects.values_list("nested_count", flat=True)) == [0, 1, 2]


def test_a_failing_insert_leaves_nothing_behind():
    opening = make_comment()
    make_comment(on=opening.page, reply_to=opening, fingerprint="same")

    with pytest.raises(Exception, match=r"(?i)unique"):
        make_comment_in_savepoint(opening)

    assert PlainComment.objects.count() == XtdComment.norel_objects.count() == Comment.objects.count() == 2
    assert XtdComment.norel_objects.get(pk=opening.pk).nested_count == 1


def make_comment_in_savepoint(opening):
    from django.db import transaction

    with transaction.atomic():
        make_comment(reply_to=opening, fingerprint="same")


def test_an_unconfirmed_comment_takes_no_place_and_bumps_no_version():
    opening = make_comment()
    forget_bumps()

    guest = make_comment(
        reply_to=opening, user_name="Grace", user_email="g@example.org", state=State.UNCONFIRMED
    )

    assert place(guest) == (opening.pk, opening.pk, 1, 0)
    assert XtdComment.norel_objects.get(pk=opening.pk).nested_count == 0
    assert not bumped_discussions()


def test_a_comment_bumps_the_version_of_its_page():
    comment = make_comment()

    assert f"discussion/{comment.page_id}" in bumped_discussions()


def test_deleting_a_page_takes_its_comments_along_with_all_their_rows():
    kept = make_comment()
    opening = make_comment()
    make_comment(reply_to=opening)

    opening.page.delete()

    assert list(Comment.objects.all()) == [kept]
    assert PlainComment.objects.count() == XtdComment.norel_objects.count() == 1


def test_the_deepest_level_is_the_settings(settings):
    settings.COMMENTS_XTD_MAX_THREAD_LEVEL = 1
    opening = make_comment()
    first = make_comment(reply_to=opening)

    second = make_comment(reply_to=first)

    assert place(first) == (opening.pk, opening.pk, 1, 2)
    assert place(second) == (opening.pk, opening.pk, 1, 3)


def test_a_comment_without_a_place_belongs_to_the_thread_it_answers_in():
    opening = make_comment(state=State.WAITING)
    reply = make_comment(reply_to=opening, state=State.WAITING)

    assert place(opening) == (opening.pk, opening.pk, 0, 0)
    assert place(reply) == (opening.pk, opening.pk, 1, 0)
    assert not reply.is_placed


def test_beyond_the_deepest_level_a_reply_is_counted_by_those_it_stands_beneath():
    chain = [make_comment()]
    for _ in range(3):
        chain.append(make_comment(reply_to=chain[-1]))

    make_comment(reply_to=chain[-1])

    counts = dict(XtdComment.norel_objects.values_list("pk", "nested_count"))
    assert [counts[one.pk] for one in chain] == [4, 3, 2, 0]


def test_deleting_the_last_reply_closes_the_gap_and_says_how_many_rows_went():
    opening = make_comment()
    reply = make_comment(reply_to=opening)
    forget_bumps()

    number, rows = reply.delete()

    assert rows["discussion.Comment"] == 1
    assert number == sum(rows.values())
    assert XtdComment.norel_objects.get(pk=opening.pk).nested_count == 0
    assert f"discussion/{opening.page_id}" in bumped_discussions()


def test_deleting_what_had_no_place_leaves_the_page_as_it_is():
    opening = make_comment()
    waiting = make_comment(reply_to=opening, state=State.WAITING)
    forget_bumps()

    waiting.delete()

    assert not bumped_discussions()


@pytest.mark.parametrize("state", [State.PUBLISHED, State.WAITING])
def test_what_was_answered_is_not_deleted(state):
    opening = make_comment()
    first = make_comment(reply_to=opening)
    make_comment(reply_to=first, state=state)

    for answered in (opening, first):
        with pytest.raises(ProtectedError, match="has replies"):
            answered.delete()

    assert Comment.objects.count() == 3


def test_beyond_the_deepest_level_too_what_was_answered_is_not_deleted():
    deepest = make_comment()
    for _ in range(3):
        deepest = make_comment(reply_to=deepest)
    make_comment(reply_to=deepest)  # stands beside it

    with pytest.raises(ProtectedError):
        deepest.delete()


def test_what_has_anything_beneath_it_is_not_deleted_though_nobody_says_whom_they_answer():
    opening, other = make_comment(), make_comment()
    first = make_comment(reply_to=opening)
    make_comment(reply_to=first)
    make_comment(reply_to=other)
    Comment.objects.update(reply_to=None)

    for above in (opening, first, other):
        with pytest.raises(ProtectedError):
            above.delete()
