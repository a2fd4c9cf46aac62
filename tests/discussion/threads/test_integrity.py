"""Every thread can be checked, and mended whatever happened to its rows."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django_comments.models import Comment as PlainComment
from hypothesis import given, settings
from hypothesis import strategies as st

from discussion.models import Comment, State
from discussion.models.thread_position import xtd_rows
from discussion.threads.integrity import check_integrity, repair_page
from discussion.threads.rebuild import CommentPosition, Position, rebuild
from tests.support.comments import make_comment, make_guest_comment, queries_of
from tests.support.factories import make_post, make_user
from tests.support.page_versions import bumped_discussions, forget_bumps

DEEPEST = 3


def make_discussion():
    by = make_user()
    opening = make_comment(by=by)
    first = make_comment(reply_to=opening, by=by)
    second = make_comment(reply_to=first, by=by)
    deep = make_comment(reply_to=second, by=by)
    beyond = make_comment(reply_to=deep, by=by)
    other = make_comment(on=opening.page, by=by)
    make_comment(reply_to=other, by=by, state=State.WAITING)
    return [opening, first, second, deep, beyond, other]


def output_of(*words):
    output = StringIO()
    call_command("check_threads", *words, stdout=output)
    return output.getvalue()


@pytest.mark.django_db
def test_what_was_said_through_the_addresses_is_whole():
    make_discussion()[1].remove(rule=1)

    assert "7 comments on 1 pages" in output_of()
    assert "all threads are consistent" in output_of()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "damage",
    [
        {"order": 1},
        {"order": 0},
        {"level": 0},
        {"level": 9},
        {"parent_id": 0},
        {"thread_id": 0},
        {"nested_count": 77},
        {"thread_id": 0, "parent_id": 0, "level": 0, "order": 1, "nested_count": 0},
    ],
    ids=str,
)
@pytest.mark.parametrize("victims", [slice(1, 2), slice(None), slice(3, 6)])
def test_damaged_rows_are_found_and_mended_as_they_were(damage, victims):
    discussion = make_discussion()
    before = sorted(xtd_rows.values_list("pk", "thread_id", "parent_id", "level", "order", "nested_count"))
    xtd_rows.filter(pk__in=[comment.pk for comment in discussion[victims]]).update(**damage)
    is_harm = before != sorted(
        xtd_rows.values_list("pk", "thread_id", "parent_id", "level", "order", "nested_count")
    )

    if is_harm:
        with pytest.raises(CommandError, match="inconsistent"):
            output_of()
    output_of("--repair")

    after = sorted(xtd_rows.values_list("pk", "thread_id", "parent_id", "level", "order", "nested_count"))
    assert check_integrity().is_clean
    assert [row[:4] + row[5:] for row in after] == [row[:4] + row[5:] for row in before]
    if "order" not in damage:
        assert after == before


@pytest.mark.django_db
def test_what_the_packages_own_columns_say_is_mended_too():
    comment = make_comment()
    PlainComment.objects.filter(pk=comment.pk).update(is_public=False, is_removed=True, object_pk="12")

    output_of("--repair")

    plain = PlainComment.objects.get()
    assert (plain.is_public, plain.is_removed, plain.object_pk) == (True, False, str(comment.page_id))


@pytest.mark.django_db
def test_half_saved_rows_are_told_and_left_alone():
    comment = make_comment()
    plain = PlainComment.objects.get()
    PlainComment.objects.create(
        content_type=plain.content_type, object_pk=plain.object_pk, site_id=plain.site_id, comment="Half."
    )

    with pytest.raises(CommandError):
        output_of()

    assert "no comment of ours: 1" in output_of("--repair")
    assert PlainComment.objects.count() == 2
    assert comment.pk


@pytest.mark.django_db
def test_checking_many_pages_takes_as_many_questions_as_checking_one():
    by = make_user()
    make_comment(by=by)
    few = len(queries_of(check_integrity))
    for _ in range(5):
        make_comment(on=make_post(), by=by)

    assert len(queries_of(check_integrity)) == few


@st.composite
def ruins(draw):
    """Draw rows as no door of ours would leave them."""
    size = draw(st.integers(0, 25))
    anybody = st.integers(0, size + 2)
    return [
        CommentPosition(
            pk,
            draw(st.none() | anybody),
            Position(*(draw(anybody) for _ in range(5))),
            draw(st.booleans()),
        )
        for pk in range(1, size + 1)
    ]


@given(ruins())
@settings(max_examples=200, deadline=None)
def test_whatever_the_rows_say_the_mended_tree_is_whole_and_mending_it_again_changes_nothing(positions):
    rebuilt = rebuild(positions, deepest=DEEPEST)

    mended = [CommentPosition(one.pk, one.reply_to, rebuilt[one.pk], one.is_shown) for one in positions]
    assert rebuild(mended, deepest=DEEPEST) == rebuilt
    for pk, stand in rebuilt.items():
        if stand.parent == pk:
            assert (stand.thread, stand.level) == (pk, 0)
        else:
            above = rebuilt[stand.parent]
            assert (stand.thread, stand.level) == (above.thread, above.level + 1)
            assert stand.order == 0 or stand.order > above.order
        assert stand.level <= DEEPEST
        assert stand.beneath == sum(
            1 for other, there in rebuilt.items() if there.order and pk in ancestors(other, rebuilt)
        )
    placed = [(stand.thread, stand.order) for stand in rebuilt.values() if stand.order]
    assert len(placed) == len(set(placed)) == sum(one.is_placed for one in positions)


def ancestors(pk, rebuilt):
    seen = set()
    while (parent := rebuilt[pk].parent) != pk:
        seen.add(parent)
        pk = parent
    return seen


@pytest.mark.django_db
def test_a_comment_whose_every_ancestor_is_gone_becomes_a_top_comment():
    discussion = make_discussion()
    Comment.objects.filter(pk=discussion[0].pk).delete()

    output_of("--repair")

    first = Comment.objects.get(pk=discussion[1].pk)
    assert (first.level, first.parent_id, first.thread_id, first.order) == (0, first.pk, first.pk, 1)
    make_comment(reply_to=Comment.objects.get(pk=discussion[4].pk), by=discussion[0].user)
    assert check_integrity().is_clean


def damaged(**columns):
    """Return a talk of one reply whose row says ``columns``."""
    reply = make_comment(reply_to=make_comment())
    xtd_rows.filter(pk=reply.pk).update(**columns)
    return reply


@pytest.mark.django_db
@pytest.mark.parametrize(
    "columns", [{"order": 5}, {"level": 2}, {"nested_count": 1}, {"level": 2, "order": 7}], ids=str
)
def test_a_report_counts_each_wrong_column_and_names_the_page(columns):
    reply = damaged(**columns)
    make_comment(on=reply.page)
    make_comment()

    report = check_integrity()

    assert (report.comments, report.pages, report.orphans) == (4, 2, 0)
    assert report.wrong == dict.fromkeys(columns, 1)
    assert report.pages_wrong == [reply.page_id]
    assert not report.is_clean


@pytest.mark.django_db
def test_what_is_whole_is_clean_and_left_alone():
    make_comment(reply_to=make_comment())
    forget_bumps()

    report = check_integrity(repair=True)

    assert report.is_clean
    assert (report.comments, report.pages, report.pages_wrong) == (2, 1, [])
    assert not bumped_discussions()


@pytest.mark.django_db
def test_looking_mends_nothing_and_mending_bumps_the_version():
    reply = damaged(order=5)
    forget_bumps()

    check_integrity()
    untouched = Comment.objects.get(pk=reply.pk).order, bumped_discussions()
    report = check_integrity(repair=True)

    assert untouched == (5, [])
    assert report.wrong == {"order": 1}
    assert Comment.objects.get(pk=reply.pk).order == 2
    assert f"discussion/{reply.page_id}" in bumped_discussions()


@pytest.mark.django_db
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("column", ["is_public", "is_removed"])
def test_the_packages_columns_follow_each_state(state, column):
    comment = make_comment()
    Comment.objects.filter(pk=comment.pk).update(
        state=state, is_public=state == State.PUBLISHED, is_removed=State(state).is_gone
    )
    assert check_integrity().is_clean
    right = getattr(PlainComment.objects.get(), column)

    PlainComment.objects.update(**{column: not right})

    assert check_integrity(repair=True).wrong == {column: 1}
    assert getattr(PlainComment.objects.get(), column) == right


@pytest.mark.django_db
def test_only_the_page_that_is_repaired_changes():
    first, second = damaged(order=5), damaged(order=5)
    PlainComment.objects.filter(pk=second.pk).update(object_pk="12")

    repair_page(first.page_id)

    assert Comment.objects.get(pk=first.pk).order == 2
    assert check_integrity().wrong == {"order": 1, "object_pk": 1}


@pytest.mark.django_db
def test_a_stray_row_alone_is_not_clean():
    plain = PlainComment.objects.get(pk=make_comment().pk)
    PlainComment.objects.create(
        content_type=plain.content_type, object_pk=plain.object_pk, site_id=plain.site_id, comment="Half."
    )

    report = check_integrity()

    assert (report.orphans, report.wrong, report.is_clean) == (1, {}, False)


@pytest.mark.django_db
@pytest.mark.parametrize("state", sorted(set(State) - {State.PUBLISHED}))
def test_what_nobody_could_ever_read_needs_no_place(state):
    comment = make_guest_comment(reply_to=make_comment(), state=State.UNCONFIRMED)
    Comment.objects.filter(pk=comment.pk).update(state=state, is_removed=State(state).is_gone)

    assert check_integrity().is_clean


@pytest.mark.django_db
def test_high_numbers_are_compared_like_low_ones():
    top = make_comment(pk=100_000)
    make_comment(pk=100_001, reply_to=top)

    assert check_integrity().is_clean
