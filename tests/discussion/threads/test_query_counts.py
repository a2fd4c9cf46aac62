"""What reading a talk costs: as many queries for a thousand comments as for ten, and no more rows."""

from __future__ import annotations

import pytest

from discussion.models import Comment, Reaction, State
from discussion.threads import outline_cache
from discussion.threads.reader_state import ReaderState
from discussion.threads.thread_page import ThreadPage
from tests.support import databases
from tests.support.comments import make_comment, post_comment, queries_of
from tests.support.factories import make_post, make_user
from tests.support.page_versions import publish_bumps

pytestmark = pytest.mark.django_db


def read(page):
    thread_page = ThreadPage(page, params={}, reader_state=ReaderState())
    return [row.comment.name for thread in thread_page.threads for row in thread.rows]


def make_discussion(size, *, by):
    post = make_post()
    tops = [make_comment(on=post, by=by) for _ in range(size // 5)]
    for n in range(size - len(tops)):
        make_comment(reply_to=tops[n % len(tops)], by=by if n % 2 else make_user())
    return post


def test_a_discussion_of_a_thousand_costs_no_more_queries_than_one_of_ten(client):
    by = make_user()
    discussions = [make_discussion(size, by=by) for size in (10, 1_000)]
    databases.analyze()
    publish_bumps()

    for reader in (None, by):
        if reader:
            client.force_login(reader)
        for post in discussions:
            client.get(post.url)  # the first visit fills caches
        few, many = (queries_of(lambda post=post: client.get(post.url)) for post in discussions)
        assert len(few) == len(many)
        # The words; for a member also what waits of their own.
        assert sum("discussion_comment" in sql for sql in many) == (2 if reader else 1)


def test_a_discussion_that_is_known_is_two_queries_and_three_after_it_changed():
    page, by = make_post(), make_user()
    for _ in range(30):
        make_comment(reply_to=make_comment(on=page, by=by), by=by)
    publish_bumps()

    # Its outline, the words, and who of the writers is confirmed.
    assert len(queries_of(lambda: read(page))) == 3
    assert len(queries_of(lambda: read(page))) == 2
    make_comment(on=page, by=by)
    publish_bumps()
    assert len(queries_of(lambda: read(page))) == 3


def test_whoever_has_spoken_is_led_there_without_reading_the_discussion(client):
    by = make_user()
    discussions = [make_discussion(size, by=by) for size in (30, 300)]
    client.force_login(by)
    post_comment(client, discussions[0], comment="The first one fills caches.")

    few, many = (
        queries_of(lambda post=post: post_comment(client, post, comment="How much does that cost?"))
        for post in discussions
    )

    assert [sql.split()[0] for sql in few] == [sql.split()[0] for sql in many]
    assert not any("useful_count" in sql and sql.startswith("SELECT") for sql in many)


@pytest.mark.parametrize(
    "action",
    [
        lambda comment: comment.remove(rule=1),
        lambda comment: comment.hold(),
        lambda comment: comment.pin(),
        lambda comment: comment.delete_by_author(),
        lambda comment: comment.erase(),
        lambda comment: comment.delete(),
        lambda comment: Reaction.objects.toggle(comment, make_user()),
        lambda comment: make_comment(reply_to=comment),
        lambda comment: make_comment(on=comment.page, state=State.WAITING).approve(),
    ],
)
def test_every_action_is_seen_at_once_in_a_discussion_that_was_known(action):
    comment = make_comment()
    page = comment.page
    publish_bumps()
    outline_cache.cached_outline(page)

    action(comment)
    publish_bumps()

    known, read_anew = outline_cache.cached_outline(page), outline_cache.Outline.for_page(page)
    assert known.items == read_anew.items


def test_a_mark_that_went_with_its_member_is_counted_no_more_in_a_discussion_that_was_known():
    comment, member = make_comment(), make_user()
    Reaction.objects.toggle(comment, member)
    publish_bumps()
    outline_cache.cached_outline(comment.page)

    member.delete()
    publish_bumps()

    assert [line.useful_count for line in outline_cache.cached_outline(comment.page).items] == [0]


def test_what_is_taken_back_is_not_kept():
    from django.db import transaction

    comment = make_comment()
    page = comment.page
    publish_bumps()
    with transaction.atomic():
        make_comment(reply_to=comment)
        assert outline_cache.cached_outline(page).count == 2
        transaction.set_rollback(True)

    assert outline_cache.cached_outline(page).count == Comment.objects.count() == 1


def test_only_so_many_lines_are_kept(monkeypatch):
    monkeypatch.setattr(outline_cache, "MAX_ITEMS", 5)
    monkeypatch.setattr(outline_cache, "_cache", type(outline_cache._cache)())
    pages = [make_comment().page for _ in range(8)]
    publish_bumps()

    for page in pages:
        outline_cache.cached_outline(page)

    assert list(outline_cache._cache) == [page.pk for page in pages[-5:]]


def test_what_a_member_waits_for_is_shown_to_nobody_else():
    comment, author = make_comment(), make_user()
    make_comment(on=comment.page, by=author, state=State.WAITING)
    outline_cache.cached_outline(comment.page)

    assert len(outline_cache.cached_outline(comment.page, reader=author).items) == 2
    assert len(outline_cache.cached_outline(comment.page, reader=make_user()).items) == 1
    assert len(outline_cache.cached_outline(comment.page).items) == 1


@pytest.mark.parametrize("size", [10, 200])
def test_a_discussion_asks_the_database_three_things_and_four_for_a_member(client, size):
    by = make_user()
    post = make_discussion(size, by=by)
    publish_bumps()

    def queries_of_discussion():
        client.get(post.url)  # the first visit loads the outline, and notes the visit
        queries = queries_of(lambda: client.get(post.url))
        return queries, [sql for sql in queries if "discussion_" in sql or "accounts_affiliation" in sql]

    # The settings, the comments with their authors, and whose organization is verified.
    page, discussion = queries_of_discussion()
    assert len(discussion) == 3
    assert len(page) <= 15

    # What the reader has seen, follows and waits for, too.
    client.force_login(by)
    page, discussion = queries_of_discussion()
    assert len(discussion) == 4
    assert len(page) <= 12
