"""Authors, topics, dates and relations: what every published page shares."""

from __future__ import annotations

import re
from datetime import date, datetime
from http import HTTPStatus
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import PageViewRestriction

from publishing.blocks import player_url
from publishing.models import Authorship, Change, Related, TopicLink, all_pages
from publishing.models.published import for_listing
from tests.support.factories import make_author, make_paper, make_post, make_topic

pytestmark = pytest.mark.django_db
ATOM = {"atom": "http://www.w3.org/2005/Atom"}


def on(year: int, month: int = 1, day: int = 1) -> datetime:
    return datetime(year, month, day, 12, tzinfo=timezone.get_current_timezone())


def entries(response) -> list[str]:
    return [
        title.text
        for title in ElementTree.fromstring(response.content).iterfind("atom:entry/atom:title", ATOM)
    ]


def test_posts_and_papers_stand_in_one_order():
    paper = make_paper(first_published_at=on(2010))
    old, new = make_post(first_published_at=on(2009)), make_post(first_published_at=on(2026))

    assert list(all_pages().published().publications()) == [new.page_ptr, paper.page_ptr, old.page_ptr]


def test_drafts_and_private_pages_are_not_published():
    make_post(live=False)
    private = make_post()
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    assert not all_pages().published().publications()


def test_a_relation_is_read_from_both_ends():
    post, paper = make_post(), make_paper()
    Related.objects.create(page=post, other=paper)

    assert post.related == [paper]
    assert paper.related == [post]


def test_a_relation_to_a_draft_shows_nothing():
    post, draft = make_post(), make_paper(live=False)
    Related.objects.create(page=post, other=draft)

    assert post.related == []


def test_no_page_is_related_to_itself():
    post = make_post()

    with pytest.raises(ValidationError):
        Related(page=post, other=post).clean()


def test_updated_on_is_the_newest_substantial_change(client):
    post = make_post(first_published_at=on(2009, 3, 22))
    for day, note in [(date(2010, 1, 1), "First figures."), (date(2026, 10, 5), "New figures.")]:
        Change.objects.create(page=post, changed_on=day, note=note)

    page = client.get(post.url).content.decode()

    assert post.last_change.note == "New figures."
    assert "March 22, 2009" in page
    assert "Oct. 5, 2026" in page or "October 5, 2026" in page


@pytest.mark.parametrize("slug", ["feed", "download", "read", "editions"])
def test_an_address_the_site_uses_is_refused_as_a_slug(slug):
    post = make_post()
    post.slug = slug

    with pytest.raises(ValidationError) as error:
        post.full_clean()

    assert "slug" in error.value.message_dict


def test_an_author_has_a_page_with_what_they_wrote(client):
    author = make_author("Quill Feather", role="Director", organisation="Harborview")
    Authorship.objects.create(page=make_post(title="On nurses"), author=author)

    page = client.get(author.get_absolute_url()).content.decode()

    assert "Director, Harborview" in page
    assert "On nurses" in page


def test_an_author_page_lists_papers_and_posts_in_one_order(client):
    author = make_author()
    for page in (
        make_post(title="First a post", first_published_at=on(2009)),
        make_paper(title="Then a paper", first_published_at=on(2010)),
        make_post(title="A draft", live=False),
    ):
        Authorship.objects.create(page=page, author=author)

    page = client.get(author.get_absolute_url()).content.decode()

    assert page.index("Then a paper") < page.index("First a post")
    assert "White paper" in page
    assert "A draft" not in page


def test_a_topic_has_a_page_and_a_feed_of_both_kinds(client):
    topic = make_topic("Governance")
    for page in (make_post(title="On boards"), make_paper(title="Governing")):
        TopicLink.objects.create(page=page, topic=topic)

    assert b"On boards" in client.get("/topics/" + topic.slug + "/").content
    assert set(entries(client.get(f"/topics/{topic.slug}/feed/"))) == {"On boards", "Governing"}


def test_feeds_hold_what_is_published_newest_first(client):
    make_post(title="Old", first_published_at=on(2009))
    make_post(title="New", first_published_at=on(2026))
    make_post(title="Draft", live=False)

    assert entries(client.get("/blog/feed/")) == ["New", "Old"]
    assert entries(client.get("/papers/feed/")) == []


def test_a_list_costs_the_same_for_one_page_and_for_many(django_assert_num_queries):
    author, topic = make_author(), make_topic()

    def make_one() -> None:
        post = make_post()
        Authorship.objects.create(page=post, author=author)
        TopicLink.objects.create(page=post, topic=topic)

    make_one()
    with django_assert_num_queries(7) as few:
        show()
    for _ in range(5):
        make_one()

    with django_assert_num_queries(len(few)):
        show()


def show() -> None:
    for page in for_listing(all_pages().published().publications()):
        assert page.byline[0].url
        assert page.topics[0].title
        assert page.last_change is None


@pytest.mark.parametrize(
    ("url", "player"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://youtu.be/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1"),
        ("https://vimeo.com/76979871/../evil", ""),
        ("https://www.youtube.com/watch?v=%22%3E%3Cscript%3E", ""),
        ("https://example.org/watch?v=dQw4w9WgXcQ", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_only_known_players_are_embedded(url, player):
    assert player_url(url) == player


def test_a_topic_nobody_knows_is_no_place(client):
    assert client.get("/topics/nowhere/").status_code == HTTPStatus.NOT_FOUND


def test_each_filter_in_force_can_be_taken_away(client):
    topic = make_topic("Buses")
    TopicLink.objects.create(page=make_post(first_published_at=on(2024)), topic=topic)

    page = client.get("/blog/", {"topic": topic.slug, "year": "2024"}).content.decode()

    assert 'href="/blog/?year=2024"' in page
    assert f'href="/blog/?topic={topic.slug}"' in page
    assert "1 result" in page


def test_an_author_page_is_described_by_the_biography_or_else_by_role_and_organization(client):
    ink = make_author("Ink Well", biography="<p>Drives a <b>bus</b>.</p><p>Writes &amp; reads.</p>")
    quill = make_author("Quill Feather", role="Director", organisation="Northern Collaborative")

    assert description_of(client, ink) == "Drives a bus. Writes &amp; reads."
    assert description_of(client, quill) == "Director, Northern Collaborative"
    assert description_of(client, make_author("Nemo")) == ""


def description_of(client, author) -> str:
    page = client.get(author.get_absolute_url()).content.decode()
    return "".join(re.findall(r'<meta name="description" content="([^"]*)">', page))
