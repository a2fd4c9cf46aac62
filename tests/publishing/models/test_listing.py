"""Loading pages for lists, cards and feeds."""

from __future__ import annotations

import pytest

from blog.models import Post
from publishing.models import Authorship, TopicLink, all_pages
from publishing.models.listing import for_cards, for_feed, for_listing
from tests.support.comments import make_comment, queries_of
from tests.support.factories import make_author, make_paper, make_post, make_topic, on

pytestmark = pytest.mark.django_db


def test_pages_of_all_types_come_in_the_order_of_the_queryset():
    pages = [
        make_post(title="Second", first_published_at=on(2012)),
        make_paper(title="Third", first_published_at=on(2009)),
        make_post(title="First", first_published_at=on(2020)),
    ]

    found = for_listing(all_pages().published().publications())

    assert [page.title for page in found] == ["First", "Second", "Third"]
    assert {type(page) for page in found} == {type(page) for page in pages}


def test_a_list_brings_bylines_and_numbers_of_comments():
    post = make_comment().page
    Authorship.objects.create(page=post, author=make_author("Bo"), sort_order=1)
    Authorship.objects.create(page=post, author=make_author("Ann"), sort_order=0)

    (found,) = for_listing(Post.objects.published())

    assert ([author.name for author in found.byline], found.comment_count) == (["Ann", "Bo"], 1)


def test_a_feed_brings_topics_and_whole_contents():
    post = make_post(body=[("text", "<p>The whole text.</p>")])
    TopicLink.objects.create(page=post, topic=make_topic("Buses"))
    pages = for_feed(all_pages().published().publications())

    shown = queries_of(lambda: [(page.feed_content, page.feed_files, page.topics) for page in pages])

    assert not shown
    assert "The whole text." in pages[0].feed_content
    assert [topic.name for topic in pages[0].topics] == ["Buses"]


def test_nothing_to_list_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert for_listing(Post.objects.published()) == []


def test_cards_leave_the_texts_out():
    make_post(body=[("text", "<p>The whole text.</p>")])

    (found,) = for_cards(Post.objects.published())

    assert "body" in found.get_deferred_fields()
