"""Every post and paper tells programs what it is, in its head and in its headers, truly and safely."""

from __future__ import annotations

import pytest
from django.conf import settings

from papers.models import FileRecord
from publishing import schema_org
from publishing.models import Authorship
from tests.support.factories import make_author, make_paper, make_post
from tests.support.page_heads import data, head, make_full_paper, tags

pytestmark = pytest.mark.django_db


def test_a_post_is_an_article(client):
    post = make_post(title="Sharing a nurse", introduction="Two towns, one nurse.")
    Authorship.objects.create(page=post, author=make_author("Marcus Thistlewood"))

    metadata, shared = data(client, post), tags(client, post)

    assert (metadata["@type"], metadata["headline"]) == ("Article", "Sharing a nurse")
    assert metadata["author"][0]["name"] == "Marcus Thistlewood"
    assert shared["og:title"] == ["Sharing a nurse"]
    assert shared["og:url"] == [post.full_url]
    assert "citation_title" not in shared


def test_pictures_of_shared_links_are_the_sites_own(client):
    paper = make_full_paper()
    record = paper.newest_edition.record
    FileRecord.objects.filter(pk=record.pk).update(cover="covers/a.webp", cover_width=400, cover_height=500)

    metadata = tags(client, paper)

    assert metadata["og:image"] == [f"{settings.BASE_URL}/papers/covers/a.jpg"]


@pytest.mark.parametrize(
    "title", ["</script><script>alert(1)</script>", "<!--", '"><img src=x>', "\u2028 & <b>", "]]>"]
)
def test_no_title_breaks_out_of_the_head(client, title):
    paper = make_paper(title=title)

    before = head(client, make_paper(title="plain")).count("<script")

    assert head(client, paper).count("<script") == before
    assert data(client, paper)["headline"] == title
    assert tags(client, paper)["citation_title"] == [title]


def test_data_between_script_tags_hold_no_sign_of_markup():
    assert not set(schema_org.script({"a": "<>&\u2028\u2029"})) & set("<>&\u2028\u2029")
