"""Rendering bodies."""

from __future__ import annotations

import pytest

from pagecache import fragments
from publishing.body import card_targets, render_body
from tests.support.comments import queries_of
from tests.support.factories import make_paper, make_post

pytestmark = pytest.mark.django_db

BLOCKS = [
    ("text", "<p>Every <b>November</b> I ask.</p>"),
    ("pull_quote", {"words": "We kept our school.", "by": "A superintendent"}),
    ("call_out", {"title": "What is a collaborative?", "text": "<p>Districts.</p>"}),
    ("video", {"url": "https://vimeo.com/76979871", "title": "A committee meets"}),
]


@pytest.fixture(autouse=True)
def _none_kept():
    fragments.clear()


def body_of(post):
    post.refresh_from_db()
    return post.body


def test_a_body_shows_its_blocks_in_order():
    shown = render_body(body_of(make_post(body=BLOCKS)))

    words = ["November", "We kept our school.", "What is a collaborative?", "A committee meets"]
    places = [shown.index(one) for one in words]
    assert places == sorted(places)


def test_a_body_shows_the_same_again():
    post = make_post(body=BLOCKS)

    assert render_body(body_of(post)) == render_body(body_of(post))


def test_a_link_to_a_page_follows_the_page():
    paper = make_paper(slug="buses")
    post = make_post(body=[("text", f'<p><a linktype="page" id="{paper.pk}">Buses</a></p>')])

    assert 'href="/papers/buses/"' in render_body(body_of(post))
    paper.slug = "shared-buses"
    paper.save()
    assert 'href="/papers/shared-buses/"' in render_body(body_of(post))


def test_a_card_follows_the_page_and_disappears_with_it():
    paper = make_paper(title="Buses")
    post = make_post(body=[("card", {"page": paper})])

    assert "Buses" in render_body(body_of(post))
    paper.title = "Shared buses"
    paper.save()
    assert "Shared buses" in render_body(body_of(post))
    paper.unpublish()
    assert "buses" not in render_body(body_of(post))


def test_cards_cost_the_same_queries_whatever_their_number():
    posts = [make_post(title=f"Note {number}") for number in range(5)]
    few = make_post(body=[("card", {"page": posts[0]})])
    many = make_post(body=[("card", {"page": post}) for post in posts])
    bodies = body_of(few), body_of(many)
    render_body(bodies[0])  # content types are known from now on
    bodies = body_of(few), body_of(many)

    assert len(queries_of(lambda: render_body(bodies[0]))) == len(queries_of(lambda: render_body(bodies[1])))
    assert card_targets([bodies[1]]) == {post.pk for post in posts}


def test_a_card_of_no_page_shows_nothing():
    assert "page-card" not in render_body(body_of(make_post(body=[("card", {"page": None})])))
