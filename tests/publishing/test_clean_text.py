"""Characters that no feed can carry: cleaned where they are saved, survived where they already are."""

from __future__ import annotations

import json
import re

import pytest
from lxml import etree
from wagtail.models import Page, Site

from blog.models import Post
from discussion.models import DiscussionSettings
from publishing.models import Author, Topic, TopicLink
from tests.support.comments import make_comment
from tests.support.factories import make_author, make_paper, make_post, make_topic

pytestmark = pytest.mark.django_db
DIRTY, CLEAN = "Sharing\x08 a\x0b nurse\ufffe", "Sharing a nurse"


def test_a_page_is_saved_without_control_characters():
    body = [("text", f"<p>{DIRTY}</p>"), ("pull_quote", {"words": DIRTY, "by": DIRTY})]
    post = make_post(title=DIRTY, introduction=f"{DIRTY}\r\nand more", body=body)

    post = Post.objects.get(pk=post.pk)
    assert (post.title, post.introduction) == (CLEAN, f"{CLEAN}\nand more")
    assert DIRTY not in json.dumps(post.body.get_prep_value(), ensure_ascii=False)
    assert json.dumps(post.body.get_prep_value()).count(CLEAN) == 3


def test_so_are_snippets_and_settings():
    author, topic = make_author(name=DIRTY), make_topic(DIRTY)
    settings = DiscussionSettings.for_site(Site.objects.get())
    settings.house_rules = DIRTY
    settings.save()

    assert Author.objects.get(pk=author.pk).name == CLEAN
    assert Topic.objects.get(pk=topic.pk).name == CLEAN
    assert DiscussionSettings.objects.get(pk=settings.pk).house_rules == CLEAN


@pytest.fixture
def old_rows():
    """Rows as they were written before anything was cleaned."""
    post, topic = make_post(), make_topic("Nurses")
    paper = make_paper(slug="buses")
    TopicLink.objects.create(page=post, topic=topic)
    make_comment(on=post)
    Page.objects.filter(pk__in=[post.pk, paper.pk]).update(title=DIRTY)
    Post.objects.update(introduction=DIRTY)
    Topic.objects.update(name=DIRTY)
    return topic


def test_feeds_harvests_and_pages_survive_what_was_written_before(client, old_rows):
    feeds = ["/blog/feed/", "/papers/feed/", "/discussion/feed/", f"/topics/{old_rows.slug}/feed/"]
    harvest = "/oai/?verb=ListRecords&metadataPrefix=oai_dc"

    for address in [*feeds, harvest, "/sitemap.xml"]:
        response = client.get(address)
        assert response.status_code == 200, address
        etree.fromstring(response.content)
    for address in feeds:
        assert CLEAN in client.get(address).content.decode(), address
    page = client.get("/papers/buses/").content.decode()
    data = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert data
    assert all(json.loads(text) for text in data)
