"""How many queries each kind of page costs, whatever there is on it."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog.models import Post
from papers.downloads.models import DownloadCount, this_month
from papers.models import Paper
from publishing.models import Author, Authorship, Related, Topic, TopicLink
from tests.support.comments import make_comment
from tests.support.factories import make_author, make_paper, make_post, make_topic, make_user, on
from tests.support.paper_files import make_edition
from tests.support.rich_site import make_read_document

pytestmark = pytest.mark.django_db

# At most; a number that falls is entered here.
LIMITS = {
    "/": 10,
    "/blog/": 9,
    "/blog/?topic=nurses": 10,
    "/papers/": 10,
    "/topics/nurses/": 9,
    "/authors/ann/": 9,
    "/about/": 4,
    "/blog/the-post/": 14,
    "/papers/the-paper/": 15,
    "/papers/the-paper/read/2/": 8,
    "/papers/the-paper/read/text/": 6,
    "/papers/the-paper/cite/": 6,
    "/blog/feed/": 7,
    "/papers/feed/": 4,
    "/topics/nurses/feed/": 5,
}


@pytest.fixture
def subject() -> tuple[Author, Topic]:
    author, topic = make_author("Ann"), make_topic("Nurses")
    Author.objects.filter(pk=author.pk).update(slug="ann", biography="<p>Ann drives.</p>")
    Topic.objects.filter(pk=topic.pk).update(slug="nurses")
    return author, topic


def fill(subject: tuple[Author, Topic], numbers: range, *, post: Post, paper: Paper) -> None:
    """Make for each number a post and a paper, both related to ``post`` and ``paper``, and comments."""
    author, topic = subject
    for number in numbers:
        other_post = make_post(title=f"Note {number}", first_published_at=on(2009, 1 + number % 12))
        other_paper = make_paper(title=f"Paper {number}", first_published_at=on(2009, 1 + number % 12))
        edition = make_edition(other_paper, document=make_read_document(f"file-{number}", 1))
        DownloadCount.objects.create(edition=edition, month=this_month(), number=1 + number)
        for page in (other_post, other_paper):
            Authorship.objects.create(page=page, author=author)
            TopicLink.objects.create(page=page, topic=topic)
            Related.objects.create(page=page, other=post)
            Related.objects.create(page=paper, other=page)
        other_post.tags.add(f"tag-{number}")
        other_post.save()
        for page in (other_post, post, paper):
            make_comment(on=page, by=make_user(name=f"Reader {number}"))
        another_author, another_topic = make_author(f"Author {number}"), make_topic(f"Subject {number}")
        for page in (post, paper):
            Authorship.objects.create(page=page, author=another_author, sort_order=number)
            TopicLink.objects.create(page=page, topic=another_topic, sort_order=number)
    post.body = [("text", "<p>As <b>others</b> say:</p>")] + [
        ("card", {"page": page}) for page in (*Post.objects.exclude(pk=post.pk), *Paper.objects.all())
    ]
    post.save()


def queries_of(client, address: str) -> int:
    client.get(address)  # what the process keeps for good is loaded once
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == HTTPStatus.OK, address
    return len(captured)


def test_no_kind_of_page_costs_more_queries_than_its_limit_whatever_its_length(client, subject):
    post, paper = make_post(slug="the-post"), make_paper(slug="the-paper")
    make_edition(paper, document=make_read_document("the-file", 3))
    fill(subject, range(3), post=post, paper=paper)
    short = {address: queries_of(client, address) for address in LIMITS}

    fill(subject, range(3, 30), post=post, paper=paper)
    long = {address: queries_of(client, address) for address in LIMITS}

    assert long == short
    assert {address: number for address, number in long.items() if number > LIMITS[address]} == {}
