"""What every published page shares: one order, and one rule of what is published."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import PageViewRestriction

from publishing.models import Authorship, TopicLink, all_pages
from publishing.models.published import for_listing
from tests.support.factories import make_author, make_paper, make_post, make_topic, on

pytestmark = pytest.mark.django_db


def test_posts_and_papers_stand_in_one_order():
    paper = make_paper(first_published_at=on(2010))
    old, new = make_post(first_published_at=on(2009)), make_post(first_published_at=on(2026))

    assert list(all_pages().published().publications()) == [new.page_ptr, paper.page_ptr, old.page_ptr]


def test_drafts_and_private_pages_are_not_published():
    make_post(live=False)
    private = make_post()
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    assert not all_pages().published().publications()


@pytest.mark.parametrize("slug", ["feed", "download", "read", "editions"])
def test_an_address_the_site_uses_is_refused_as_a_slug(slug):
    post = make_post()
    post.slug = slug

    with pytest.raises(ValidationError) as error:
        post.full_clean()

    assert "slug" in error.value.message_dict


def test_a_list_costs_the_same_for_one_page_and_for_many(django_assert_num_queries):
    author, topic = make_author(), make_topic()

    def make_one() -> None:
        post = make_post()
        Authorship.objects.create(page=post, author=author)
        TopicLink.objects.create(page=post, topic=topic)

    make_one()
    show()  # content types are known from now on
    with django_assert_num_queries(3) as few:
        show()
    for _ in range(5):
        make_one()

    with django_assert_num_queries(len(few)):
        show()


def show() -> None:
    for page in for_listing(all_pages().published().publications()):
        assert page.byline[0].url
        assert page.comment_count == 0
