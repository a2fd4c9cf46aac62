"""The choices of the filters of a list."""

from __future__ import annotations

import pytest

from blog.models import Post
from publishing.filter_choices import filter_choices
from publishing.models import Authorship, TopicLink, all_pages
from tests.support.factories import make_author, make_paper, make_post, make_topic, on

pytestmark = pytest.mark.django_db


def test_choices_are_what_occurs_in_the_list_each_once_and_in_order():
    nurses, buses, author = make_topic("Nurses"), make_topic("Buses"), make_author("Ann")
    make_topic("Nothing yet")
    for year, topics in [(2009, [nurses]), (2012, [nurses, buses])]:
        post = make_post(first_published_at=on(year, 3), audiences=["families"])
        post.tags.add("shared", "cheap")
        post.save()
        Authorship.objects.create(page=post, author=author)
        for topic in topics:
            TopicLink.objects.create(page=post, topic=topic)
    make_post(live=False, first_published_at=on(2020), audiences=["teachers"])

    choices, count = filter_choices(Post.objects.published())

    assert count == 2
    labels = {name: [str(label) for _value, label in found] for name, found in choices.items()}
    assert labels == {
        "topic": ["Buses", "Nurses"],
        "tag": ["cheap", "shared"],
        "audience": ["Families"],
        "series": [],
        "author": ["Ann"],
        "year": ["2012", "2009"],
        "month": ["March"],
    }


def test_a_list_of_all_kinds_has_no_tags_series_or_audiences():
    make_paper(series="Working papers", audiences=["teachers"])

    choices, count = filter_choices(all_pages().published().publications())

    assert count == 1
    assert choices["series"] == choices["audience"] == choices["tag"] == []


def test_choices_cost_two_queries(django_assert_num_queries):
    make_post()

    with django_assert_num_queries(2):
        filter_choices(Post.objects.published())
