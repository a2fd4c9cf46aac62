"""Cards: what lists show of a page."""

from __future__ import annotations

import pytest

from publishing.cards import card_of
from publishing.models import Authorship, all_pages
from publishing.models.listing import for_cards, for_listing
from tests.support.factories import make_author, make_paper, make_post

pytestmark = pytest.mark.django_db


def test_a_card_is_made_without_a_query(django_assert_num_queries):
    Authorship.objects.create(page=make_post(), author=make_author())
    make_paper()
    pages = for_listing(all_pages().published().publications())

    with django_assert_num_queries(0):
        cards = [card_of(page) for page in pages]

    assert {card.kind for card in cards} == {"post", "paper"}


def test_a_card_beside_a_page_names_no_authors():
    Authorship.objects.create(page=make_post(), author=make_author("Ann"))
    posts = all_pages().published().publications()

    assert [author.name for author in card_of(for_listing(posts)[0]).authors] == ["Ann"]
    assert card_of(for_cards(posts)[0]).authors == ()


def test_cards_are_equal_while_they_show_the_same():
    post = make_post(title="Sharing a nurse")

    first = card_of(for_cards(all_pages().filter(pk=post.pk))[0])
    assert first == card_of(for_cards(all_pages().filter(pk=post.pk))[0])
    post.title = "Sharing two nurses"
    post.save()
    assert first != card_of(for_cards(all_pages().filter(pk=post.pk))[0])
