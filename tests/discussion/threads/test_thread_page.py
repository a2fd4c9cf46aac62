"""One page of a discussion as one reader sees it: its threads, parts, roles and rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.affiliation.badges import AuthorBadge
from discussion.models import Comment, Reaction, State
from discussion.threads.reader_state import ReaderState
from discussion.threads.thread_page import ThreadPage
from tests.discussion.threads.test_author_badges import make_verified
from tests.discussion.threads.test_properties import small_pages
from tests.support.comments import make_comment, make_guest_comment, queries_of
from tests.support.factories import make_post, make_user

__all__ = ["small_pages"]
pytestmark = pytest.mark.django_db


def thread_page(page, *, reader=None, **params):
    return ThreadPage(page, params=params, reader_state=ReaderState(reader=reader))


def shown(threads):
    return [[row.comment.pk for row in thread.rows] for thread in threads]


@pytest.mark.usefixtures("small_pages")
def test_a_thread_says_how_many_replies_are_hidden_and_where_they_are():
    top = make_comment()
    replies = [make_comment(reply_to=top) for _ in range(4)]
    gone, unread = make_comment(reply_to=top), make_comment(reply_to=top, state=State.WAITING)
    gone.remove()
    alone = make_comment(on=top.page)

    thread, other = thread_page(top.page, order="newest").threads[::-1]

    assert shown([thread, other]) == [[top.pk, replies[0].pk, replies[1].pk], [alone.pk]]
    assert (thread.hidden_count, other.hidden_count) == (2, 0)
    assert (thread.has_replies, other.has_replies) == (True, False)
    assert thread.replies_page is None
    assert thread.fragment == f"comment-{top.pk}"
    assert thread.more_url == f"?order=newest&talk=1&thread={top.pk}#comment-{replies[1].pk}"
    assert not any(unread.pk in pks for pks in shown([thread, other]))


@pytest.mark.usefixtures("small_pages")
def test_a_stub_among_the_first_replies_is_not_subtracted_from_those_that_are_hidden():
    top = make_comment()
    stub = make_comment(reply_to=top)
    beneath = [make_comment(reply_to=stub) for _ in range(3)]
    stub.remove()

    (thread,) = thread_page(top.page).threads

    assert shown([thread]) == [[top.pk, stub.pk, beneath[0].pk]]
    assert thread.hidden_count == 2


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize(
    ("params", "part"),
    [({}, 1), ({"part": "2"}, 2), ({"part": "9"}, 3), ({"part": "x"}, 1), ({"at": 2}, 1), ({"at": 3}, 2),
     ({"at": 6}, 3), ({"at": 99, "part": "2"}, 2), ({"at": 0, "part": "3"}, 1),
     ({"at": "0", "part": "3"}, 3)],
    ids=str,
)  # fmt: skip
def test_an_open_thread_is_read_in_parts_by_number_or_by_a_comment_in_it(params, part):
    top = make_comment()
    replies = [make_comment(reply_to=top).pk for _ in range(7)]
    if isinstance(at := params.get("at"), int):
        params = params | {"at": str(replies[at] if at < len(replies) else at)}

    (thread,) = thread_page(top.page, thread=str(top.pk), **params).threads

    assert thread.replies_page.number == part
    assert thread.replies_page.paginator.num_pages == 3
    assert thread.hidden_count == 0
    assert shown([thread]) == [[top.pk, *replies[3 * part - 3 : 3 * part]]]


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize(("asked", "number"), [("", 1), ("2", 2), ("3", 2), ("0", 1), ("x", 1)])
def test_a_page_is_the_nearest_to_what_is_asked_for(asked, number):
    page = make_post()
    pks = [make_comment(on=page).pk for _ in range(3)]

    discussion = thread_page(page, talk=asked)

    assert discussion.page_obj.number == number
    assert shown(discussion.threads) == [[pk] for pk in pks[2 * number - 2 : 2 * number]]
    assert discussion.count == 3


def test_roles_are_those_of_verified_members_once_each_by_name():
    page = make_post()
    for role in ("principal", "Director", "Principal", "director", "", "Zoologist & co"):
        make_comment(on=page, by=make_verified(role=role))
    make_comment(on=page, by=make_user(role="Unverified"))
    make_comment(by=make_verified(role="Elsewhere"))

    roles = thread_page(page).roles

    assert [role.casefold() for role in roles] == ["director", "principal", "zoologist & co"]


def test_a_role_keeps_the_threads_in_which_a_published_comment_is_of_it():
    page, principal = make_post(), make_verified(role="Principal")
    own = make_comment(on=page, by=principal)
    asked = make_comment(on=page)
    make_comment(reply_to=make_comment(reply_to=asked), by=principal)
    removed = make_comment(on=page, by=principal)
    make_comment(reply_to=removed)
    removed.remove()
    for role in ("Director", "Zoologist"):
        make_comment(on=page, by=make_verified(role=role))

    discussion = thread_page(page, role="PRINCIPAL", order="useful")

    assert (discussion.role, discussion.role_query, discussion.query) == (
        "Principal", "&role=Principal", "order=useful&role=Principal&",
    )  # fmt: skip
    assert [pks[0] for pks in shown(discussion.threads)] == [own.pk, asked.pk]
    assert discussion.threads[0].more_url.startswith(f"?order=useful&role=Principal&talk=1&thread={own.pk}#")


@pytest.mark.parametrize("params", [{}, {"role": ""}, {"role": "nobody"}, {"order": "nonsense"}], ids=str)
def test_without_a_known_order_or_role_an_address_says_neither(params):
    page = make_post()
    make_comment(on=page, by=make_verified(role="Principal"))

    discussion = thread_page(page, **params)

    assert (
        discussion.order,
        discussion.current_order,
        discussion.role,
        discussion.query,
        discussion.role_query,
    ) == (
        "",
        "oldest",
        "",
        "",
        "",
    )
    assert len(discussion.threads) == 1


def test_each_order_is_known():
    page = make_post()

    assert [thread_page(page, order=order).current_order for order in ("oldest", "newest", "useful")] == [
        "oldest", "newest", "useful",
    ]  # fmt: skip


def test_a_page_without_comments_has_no_threads():
    page = make_post()

    assert thread_page(page).threads == []
    assert thread_page(page).count == 0


def test_each_row_says_who_wrote_it_and_what_it_is_to_the_reader():
    reader = make_verified(role="Principal", organisation="Teal Valley")
    page = make_post()
    own, other = make_comment(on=page, by=reader), make_comment(on=page, by=make_user(role="Director"))
    guest = make_guest_comment(on=page)
    make_comment(reply_to=other, by=reader)
    Reaction.objects.toggle(other, reader)
    state = ReaderState(reader=reader, last_read=timezone.now() - timedelta(hours=1))
    discussion = ThreadPage(page, params={}, reader_state=state)

    rows = {row.comment.pk: row for thread in discussion.threads for row in thread.rows}

    assert [thread.has_replies for thread in discussion.threads] == [False, True, False]
    assert rows[own.pk].badge == AuthorBadge("Principal", "Teal Valley", True)
    assert rows[other.pk].badge == AuthorBadge("Director", "", False)
    assert rows[guest.pk].badge is None
    told = {
        pk: (row.is_own, row.is_editable, row.is_unread, row.has_replies, row.has_reacted)
        for pk, row in rows.items()
    }
    assert told[own.pk] == (True, True, False, False, False)
    assert told[other.pk] == (False, False, True, True, True)
    assert told[guest.pk] == (False, False, True, False, False)


def test_who_was_answered_can_edit_no_longer_than_a_quarter_of_an_hour():
    top = make_comment(submit_date=timezone.now() - timedelta(hours=1))
    before = thread_page(top.page, reader=top.user).threads[0].rows[0].is_editable

    make_comment(reply_to=top)

    assert before
    assert not thread_page(top.page, reader=top.user).threads[0].rows[0].is_editable


def test_a_comment_that_was_deleted_between_two_queries_is_left_out():
    gone = make_comment()
    stays = make_comment(on=gone.page)
    discussion = thread_page(gone.page)
    Comment.objects.filter(pk=gone.pk).delete()

    assert shown(discussion.threads) == [[stays.pk]]


def test_a_role_is_read_in_one_query_and_only_where_it_is_asked_for():
    page = make_post()
    for _ in range(2):
        make_comment(on=page, by=make_verified(role="Principal"))
    thread_page(page)  # keeps the outline

    assert len(queries_of(lambda: thread_page(page, role="principal").page_obj)) == 2
    assert len(queries_of(lambda: thread_page(page).page_obj)) == 1
