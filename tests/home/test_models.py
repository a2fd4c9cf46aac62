"""The front page, and what it leads with."""

from __future__ import annotations

import pytest

from tests.support.factories import make_paper, make_post

pytestmark = pytest.mark.django_db
TEXT = "<p>Every <b>November</b> I&nbsp;ask.</p><p>We can manage two.</p><h2>How</h2><p>Later.</p>"


def test_the_front_page_leads_with_the_newest_post(client):
    make_paper(title="Building capacity")
    make_post(title="Sharing a nurse")

    page = client.get("/")

    assert page.context["lead"].card.title == "Sharing a nurse"
    assert "Building capacity" in page.content.decode()


def test_an_empty_front_page_says_so(client):
    assert "No posts yet" in client.get("/").content.decode()


def test_the_front_page_lets_the_newest_post_begin(db, client):
    make_post(title="What we share", body=[("text", TEXT)])

    page = client.get("/").content.decode()

    assert "Every November I ask. We can manage two." in page
    assert "Later." not in page
