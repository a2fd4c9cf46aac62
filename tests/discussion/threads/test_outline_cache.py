"""Which outlines are kept, for how long, and for whom."""

from __future__ import annotations

from collections import OrderedDict

import pytest

from discussion.models import State
from discussion.threads import outline_cache
from discussion.threads.outline_cache import cached_outline
from tests.support.comments import make_comment, queries_of
from tests.support.factories import make_post, make_user
from tests.support.page_versions import forget_bumps, publish_bumps

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache(monkeypatch):
    monkeypatch.setattr(outline_cache, "_cache", OrderedDict())


def cached_pages():
    return list(outline_cache._cache)


def test_an_outline_is_kept_until_the_version_of_its_page_changes():
    page = make_comment().page
    publish_bumps()
    first = cached_outline(page)
    again = cached_outline(page)

    make_comment(on=page)
    publish_bumps()
    changed = cached_outline(page)

    assert again is first
    assert (first.count, changed.count) == (1, 2)
    assert cached_pages() == [page.pk]


def test_what_is_not_committed_yet_is_read_each_time():
    page = make_comment().page

    assert cached_outline(page).count == 1
    assert cached_outline(page) is not cached_outline(page)
    assert cached_pages() == []


def test_a_member_is_shown_the_kept_outline_unless_something_of_theirs_waits():
    page, author = make_comment().page, make_user()
    make_comment(by=author, state=State.WAITING)  # under another page
    publish_bumps()
    outline = cached_outline(page)
    assert cached_outline(page, reader=author) is outline

    make_comment(on=page, by=author, state=State.WAITING)
    forget_bumps()  # it changes nothing that others see

    assert len(cached_outline(page, reader=author).items) == 2
    assert cached_outline(page, reader=make_user()) is outline
    assert cached_outline(page) is outline


def test_the_oldest_go_while_there_are_too_many_comments(monkeypatch):
    monkeypatch.setattr(outline_cache, "MAX_ITEMS", 3)
    one, two, three = (make_comment().page for _ in range(3))
    publish_bumps()
    for page in (one, two, three):
        cached_outline(page)
    assert cached_pages() == [one.pk, two.pk, three.pk]

    make_comment(on=one)
    publish_bumps()
    cached_outline(one)

    assert cached_pages() == [three.pk, one.pk]


def test_an_outline_that_is_too_long_is_not_kept(monkeypatch):
    monkeypatch.setattr(outline_cache, "MAX_ITEMS", 1)
    page = make_comment().page
    make_comment(on=page)
    publish_bumps()

    assert cached_outline(page).count == 2
    assert cached_pages() == []


def test_a_kept_outline_costs_no_query_and_another_one():
    page = make_comment().page
    publish_bumps()

    assert [len(queries_of(lambda: cached_outline(page))) for _ in range(2)] == [1, 0]
    assert len(queries_of(lambda: cached_outline(page, reader=make_user()))) > 1
    assert cached_outline(make_post()).items == []
