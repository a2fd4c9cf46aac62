"""The newest comments, as a page and as feeds."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import PageViewRestriction

from discussion.models import Comment, State
from discussion.threads import feeds
from tests.support.comments import make_comment, make_guest_comment, queries_of, visible_text
from tests.support.factories import make_paper, make_post, make_user

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


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

    words, feed = visible_text(client.get("/discussion/")), entries(client.get("/discussion/feed/"))

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


TAG = "{http://www.w3.org/2005/Atom}"
HOST = "http://127.0.0.1:8000"
SECOND = timedelta(seconds=1)


def read(client, address):
    response = client.get(address)
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)


def text(element, name):
    return element.find(f"{TAG}{name}").text


def links(element):
    return {link.get("rel"): link.get("href") for link in element.findall(f"{TAG}link")}


def entry_elements(feed):
    return feed.findall(f"{TAG}entry")


def test_the_sites_feed_has_the_newest_comments_of_public_pages(client):
    old = make_comment(submit_date=timezone.now() - timedelta(days=1))
    new = make_comment()
    make_comment(state=State.WAITING)
    make_comment(on=make_post(live=False))

    feed = read(client, "/discussion/feed/")

    assert text(feed, "title") == "Latest comments on Colloquy"
    assert links(feed) == {"alternate": f"{HOST}/discussion/", "self": f"{HOST}/discussion/feed/"}
    assert [links(entry)["alternate"] for entry in entry_elements(feed)] == [
        f"{HOST}/discussion/comment/{one.pk}/" for one in (new, old)
    ]


def test_the_feed_of_a_page_has_its_comments_alone(client):
    page = make_post(title="Buses & vans")
    comment = make_comment(on=page)
    make_comment(on=page, state=State.WAITING)
    make_comment()

    feed = read(client, f"{page.url}feed/")

    assert text(feed, "title") == "Comments on “Buses & vans”"
    assert links(feed) == {"alternate": page.full_url, "self": f"{page.full_url}feed/"}
    assert [links(entry)["alternate"] for entry in entry_elements(feed)] == [
        f"{HOST}/discussion/comment/{comment.pk}/"
    ]


def test_an_entry_says_who_wrote_what_where_and_when(client):
    said = timezone.now() - timedelta(hours=3)
    page = make_post(title="Buses")
    comment = make_comment(on=page, by=make_user(name="Joan Marsh"), text="A *van*.", submit_date=said)

    (entry,) = entry_elements(read(client, "/discussion/feed/"))

    assert text(entry, "title") == "Joan Marsh on “Buses”"
    assert text(entry, "summary") == "<p>A <em>van</em>.</p>"
    assert entry.find(f"{TAG}author/{TAG}name").text == "Joan Marsh"
    assert links(entry) == {"alternate": f"{HOST}/discussion/comment/{comment.pk}/"}
    assert abs(parse_datetime(text(entry, "published")) - said) < SECOND
    assert abs(parse_datetime(text(entry, "updated")) - said) < SECOND


def test_an_entry_that_was_edited_says_when(client):
    comment = make_comment(submit_date=timezone.now() - timedelta(minutes=10))
    edited = timezone.now() - timedelta(minutes=5)
    Comment.objects.update(edited_at=edited)

    (entry,) = entry_elements(read(client, f"{comment.page.url}feed/"))

    assert abs(parse_datetime(text(entry, "updated")) - edited) < SECOND
    assert abs(parse_datetime(text(entry, "published")) - comment.submit_date) < SECOND


def test_a_feed_has_only_so_many_entry_elements(client, monkeypatch):
    monkeypatch.setattr(feeds, "MAX_ITEMS", 2)
    page = make_post()
    newest = [make_comment(on=page).pk for _ in range(3)][:0:-1]

    assert [comment.pk for comment in feeds.LatestFeed().items()] == newest


def test_a_feed_is_one_query_whoever_writes():
    for _ in range(3):
        make_comment()

    queries = queries_of(lambda: [(one.name, one.page.title) for one in feeds.LatestFeed().items()])

    assert len(queries) == 1
