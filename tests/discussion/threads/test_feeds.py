"""The newest comments, as a page and as feeds."""

from __future__ import annotations

from http import HTTPStatus
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from wagtail.models import PageViewRestriction

from tests.support.comments import make_comment, make_guest_comment, queries_of, words_of
from tests.support.factories import make_paper, make_post, make_user

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def entries(response):
    return [
        entry.findtext("a:content", namespaces=ATOM) or entry.findtext("a:summary", namespaces=ATOM)
        for entry in ElementTree.fromstring(response.content).findall("a:entry", ATOM)
    ]


def make_private(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def test_the_newest_comments_of_all_public_pages(client):
    make_comment(text="On a post.")
    make_comment(text="On a paper.", on=make_paper())
    make_comment(text="On a draft.", on=make_post(live=False))
    make_private(make_comment(text="In private.").page)
    make_comment(text="Removed.").remove(rule=1)

    words, feed = words_of(client.get("/discussion/")), entries(client.get("/discussion/feed/"))

    assert words.index("On a paper.") < words.index("On a post.")
    assert feed == ["<p>On a paper.</p>", "<p>On a post.</p>"]
    for hidden in ("On a draft.", "In private.", "Removed."):
        assert hidden not in words


def test_the_newest_comments_are_paged_in_a_fixed_number_of_queries(client):
    by = make_user()
    for _ in range(5):
        make_comment(by=by)
    client.get("/discussion/")
    few = len(queries_of(lambda: client.get("/discussion/")))
    for _ in range(18):
        make_comment(by=make_user())

    assert len(queries_of(lambda: client.get("/discussion/"))) == few
    assert client.get("/discussion/?page=2").status_code == HTTPStatus.OK


def test_a_page_has_a_feed_of_its_own_comments(client):
    comment = make_guest_comment(text="Hear, *hear*.", name="Grace Heron", email="secret@example.org")
    make_comment(text="Elsewhere.")

    response = client.get(f"{comment.page.url}feed/")

    assert response["Content-Type"].startswith("application/atom+xml")
    assert entries(response) == ["<p>Hear, <em>hear</em>.</p>"]
    assert b"Grace Heron" in response.content
    assert b"secret" not in response.content
    assert f"http://127.0.0.1:8000/discussion/comment/{comment.pk}/" in response.content.decode()
    assert response.content == client.get(f"{comment.page.url}feed/").content


def test_a_page_without_comments_has_a_feed_too(client):
    assert entries(client.get(f"{make_paper().url}feed/")) == []


def test_the_feed_of_a_private_page_is_as_private_as_the_page(client):
    comment = make_comment()
    make_private(comment.page)

    assert client.get(f"{comment.page.url}feed/").status_code == HTTPStatus.FOUND
    assert client.get(f"/discussion/comment/{comment.pk}/").status_code == HTTPStatus.NOT_FOUND
