"""Feeds of pages, by the rules a validator of Atom (RFC 4287) checks."""

from __future__ import annotations

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from django.utils.http import http_date

from papers.models import Paper
from publishing.models import Authorship
from tests.support.comments import make_comment
from tests.support.factories import make_author, make_paper, make_post, make_topic
from tests.support.paper_files import make_edition

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
FEEDS = ["/blog/feed/", "/papers/feed/", "/discussion/feed/"]
BASE = "http://127.0.0.1:8000"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def parsed(client, path: str) -> ElementTree.Element:
    response = client.get(path)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)


def entry_of(client, path: str) -> ElementTree.Element:
    return parsed(client, path).find("a:entry", ATOM)


def texts(entry: ElementTree.Element, path: str) -> list[str]:
    return [element.text for element in entry.findall(path, ATOM)]


def assert_valid(feed: ElementTree.Element) -> None:
    """Check what RFC 4287 demands of a feed and of each entry."""
    for element in [feed, *feed.findall("a:entry", ATOM)]:
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", ATOM)) == 1, name
        assert MOMENT.fullmatch(element.findtext("a:updated", namespaces=ATOM))
        assert re.match(r"(https?://|tag:)", element.findtext("a:id", namespaces=ATOM))
        links = [link.get("rel") for link in element.findall("a:link", ATOM)]
        assert links.count("alternate") == 1
        assert len(element.findall("a:content", ATOM)) <= 1
    has_author = feed.find("a:author/a:name", ATOM) is not None
    for entry in feed.findall("a:entry", ATOM):
        assert has_author or entry.find("a:author", ATOM) is not None
        assert all(name and name.strip() for name in texts(entry, "a:author/a:name"))
    ids = [entry.findtext("a:id", namespaces=ATOM) for entry in feed.findall("a:entry", ATOM)]
    assert len(ids) == len(set(ids))


def test_every_feed_is_valid(client):
    topic = make_topic()
    make_post()
    make_post()
    make_paper()
    make_comment()

    for path in [*FEEDS, f"/topics/{topic.slug}/feed/", f"{make_comment().page.url}feed/"]:
        assert_valid(parsed(client, path))


def test_a_page_keeps_its_id_when_it_is_renamed(client):
    post = make_post(slug="one")
    before = texts(entry_of(client, "/blog/feed/"), "a:id")

    post.slug, post.title = "another", "Another"
    post.save()

    assert texts(entry_of(client, "/blog/feed/"), "a:id") == before
    assert before[0].startswith("tag:")


def test_each_author_has_an_element_and_nobody_has_none(client):
    post, both = make_post(), [make_author("Ada Plover"), make_author("Grace Heron")]
    for author in both:
        Authorship.objects.create(page=post, author=author)

    assert texts(entry_of(client, "/blog/feed/"), "a:author/a:name") == ["Ada Plover", "Grace Heron"]
    post.authorships.all().delete()
    assert texts(entry_of(client, "/blog/feed/"), "a:author/a:name") == []
    assert texts(parsed(client, "/blog/feed/"), "a:author/a:name") == ["Colloquy"]


def test_the_whole_text_is_there_with_full_addresses(client):
    body = [("text", '<p>Read <a href="/papers/">ours</a>, <a href="https://example.org/">theirs</a>.</p>')]
    make_post(body=body)

    content = entry_of(client, "/blog/feed/").find("a:content", ATOM)

    assert content.get("type") == "html"
    assert f'href="{BASE}/papers/"' in content.text
    assert 'href="https://example.org/"' in content.text
    assert not re.search(r'(href|src)="/', content.text)


def test_a_papers_file_is_enclosed(client):
    edition = make_edition(make_paper(slug="buses", abstract="<p>On <b>buses</b>.</p>"))

    entry = entry_of(client, "/papers/feed/")

    link = entry.find("a:link[@rel='enclosure']", ATOM)
    assert link.get("href") == f"{BASE}/papers/buses/download/"
    assert (link.get("type"), link.get("length")) == ("application/pdf", str(edition.record.size))
    assert "On <b>buses</b>." in entry.findtext("a:content", namespaces=ATOM)


def test_a_file_that_is_closed_is_not(client):
    make_edition(make_paper(), embargoed_until=timezone.now() + timedelta(days=1))

    assert entry_of(client, "/papers/feed/").find("a:link[@rel='enclosure']", ATOM) is None


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_without_entries_has_a_steady_date(client, path):
    first = client.get(path).content

    assert client.get(path).content == first
    assert b"<updated>2026-01-01T00:00:00+00:00</updated>" in first


def test_who_has_the_newest_already_gets_a_304(client):
    make_post()
    modified = client.get("/blog/feed/")["Last-Modified"]

    assert client.get("/blog/feed/", headers={"if-modified-since": modified}).status_code == 304
    earlier = http_date((timezone.now() - timedelta(days=2)).timestamp())
    assert client.get("/blog/feed/", headers={"if-modified-since": earlier}).status_code == 200


def test_a_longer_feed_takes_no_more_queries(client, django_assert_max_num_queries):
    for _ in range(2):
        make_edition(make_paper())
    client.get("/papers/feed/")
    with django_assert_max_num_queries(40) as few:
        client.get("/papers/feed/")
    for _ in range(4):
        make_edition(make_paper())
    assert Paper.objects.count() == 6
    with django_assert_max_num_queries(len(few)):
        client.get("/papers/feed/")
