"""A topic has a page and a feed of its own."""

from __future__ import annotations

import pytest

from publishing.models import TopicLink
from tests.support.factories import make_paper, make_post, make_topic
from tests.support.feeds import entries

pytestmark = pytest.mark.django_db


def test_a_topic_has_a_page_and_a_feed_of_both_kinds(client):
    topic = make_topic("Governance")
    for page in (make_post(title="On boards"), make_paper(title="Governing")):
        TopicLink.objects.create(page=page, topic=topic)

    assert b"On boards" in client.get("/topics/" + topic.slug + "/").content
    assert set(entries(client.get(f"/topics/{topic.slug}/feed/"))) == {"On boards", "Governing"}
