"""One question over posts, papers, pages of their files and comments."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus

import pytest
from django.core.cache import cache
from wagtail.models import PageViewRestriction
from wagtail.rich_text import RichText

from discussion.models import Comment
from papers.models import Edition, FileRecord, PageText
from publishing.models import SiteDocument, TopicLink
from search.indexing import index_page, rebuild
from search.models import Entry
from tests.support.factories import make_paper, make_post, make_topic, make_user

pytestmark = pytest.mark.django_db


def results_of(client, query: str) -> list[tuple[str, int]]:
    """Return what a search shows: kind and number of each result."""
    response = client.get(
        "/search/",
        {"q": query} if "=" not in query else dict(part.split("=", 1) for part in query.split("&")),
    )
    assert response.status_code == HTTPStatus.OK
    return [(result["entry"].kind, result["entry"].number) for result in response.context["results"]]


def make_read_paper(pages: list[str], **fields):
    paper = make_paper(**fields)
    document = SiteDocument.objects.create(title="File", file="documents/file.pdf")
    record = FileRecord.objects.create(
        document=document, sha256="0" * 64, size=1, page_count=len(pages), state=FileRecord.State.READ
    )
    PageText.objects.bulk_create(
        PageText(record=record, number=n, text=text) for n, text in enumerate(pages, 1)
    )
    Edition.objects.create(paper=paper, document=document, state=Edition.State.PUBLISHED)
    index_page(paper.pk)
    return paper


def make_findable_post(**fields):
    post = make_post(**fields)
    index_page(post.pk)
    return post


def test_a_post_is_found_by_its_body(client):
    make_findable_post(body=[("text", RichText("<p>Two towns share a <b>nurse</b>.</p>"))])

    assert results_of(client, "nurses towns") == [("post", 0)]


def test_a_search_says_how_much_it_found(client):
    make_findable_post(title="Zebras on the late bus")
    make_findable_post(title="A zebra for the nurse")

    assert "2 results for “zebra”" in client.get("/search/", {"q": "zebra"}).content.decode()


def test_a_page_of_a_paper_is_found_with_its_number(client):
    paper = make_read_paper(["Cover", "On buses", "Every collaborative needs a dispatcher."])

    response = client.get("/search/", {"q": "dispatchers"})

    (result,) = response.context["results"]
    assert result["url"] == f"{paper.url}read/3/?q=dispatchers#found"
    assert "Every collaborative needs a <mark>dispatcher</mark>" in response.content.decode()


def test_a_comment_is_found_once_it_is_said_and_lost_when_it_is_removed(
    client, django_capture_on_commit_callbacks
):
    post = make_post()
    with django_capture_on_commit_callbacks(execute=True):
        comment = Comment(page=post, user=make_user(), comment="Ask the **dispatcher**.")
        comment.save()
    assert results_of(client, "dispatcher") == [("comment", comment.pk)]

    with django_capture_on_commit_callbacks(execute=True):
        comment.remove(rule=2)

    assert results_of(client, "dispatcher") == []


def test_what_became_private_is_not_found_though_its_row_is_there(client):
    post = make_findable_post(title="Dispatchers")
    PageViewRestriction.objects.create(page=post, restriction_type="login")

    assert results_of(client, "dispatchers") == []
    assert Entry.objects.filter(page_id=post.pk).exists()


def test_publishing_writes_and_unpublishing_takes_away(client, django_capture_on_commit_callbacks):
    post = make_post(title="Dispatchers", live=False)
    with django_capture_on_commit_callbacks(execute=True):
        post.save_revision().publish()
    assert results_of(client, "dispatchers") == [("post", 0)]

    post.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        post.unpublish()

    assert not Entry.objects.filter(page_id=post.pk).exists()


def test_a_title_outranks_a_body(client):
    make_findable_post(title="Other", introduction="dispatcher", slug="body")
    make_findable_post(title="Dispatcher", slug="title")

    response = client.get("/search/", {"q": "dispatcher"})

    assert [result["page"].slug for result in response.context["results"]] == ["title", "body"]


def test_at_most_three_pages_of_one_paper_stand_on_one_results_page(client):
    make_read_paper(["dispatcher"] * 5)
    for _ in range(4):
        make_findable_post(introduction="The dispatcher answers.")

    first, second = results_of(client, "dispatcher"), results_of(client, "q=dispatcher&page=2")

    assert [kind for kind, _number in first].count("sheet") == 3
    assert len(first) == 7
    assert [kind for kind, _number in second] == ["sheet", "sheet"]


def test_results_are_narrowed_by_facets_that_count(client):
    topic = make_topic("Buses")
    TopicLink.objects.create(page=(about := make_post(title="Dispatcher")), topic=topic)
    index_page(about.pk)
    make_findable_post(title="Dispatcher two")

    response = client.get("/search/", {"q": "dispatcher", "topic": topic.slug})

    assert [result["page"].pk for result in response.context["results"]] == [about.pk]
    assert response.context["query"].facets["topic"] == {topic.slug: 1}


def test_an_accent_more_or_less_finds_the_same(client):
    make_findable_post(title="Joaquín on finance")

    assert results_of(client, "joaquin") == results_of(client, "Joaquín") == [("post", 0)]


@pytest.mark.parametrize(
    ("written", "query"),
    [
        ("ﬁnance", "finance"), ("oﬃce", "office"), ("cliché", "cliche"), ("cliche", "cliché"),
        ("naïve", "NAIVE"), ("תַּלְמִיד", "תלמיד"), ("مُدَرِّس", "مدرس"), ("straße", "strasse"),
    ],
)  # fmt: skip
def test_words_are_found_and_marked_as_they_are_typed(client, written, query):
    make_read_paper(["Cover", f"One {written} two."])

    (result,) = client.get("/search/", {"q": query, "kind": "sheet"}).context["results"]

    assert result["entry"].number == 2
    assert f"One <mark>{written}</mark> two." in result["snippet"]


def test_words_in_quotes_stand_side_by_side(client):
    make_findable_post(introduction="A shared bus.")
    make_findable_post(introduction="The bus we shared.")

    assert len(results_of(client, '"shared bus"')) == 1


@pytest.mark.parametrize(
    "query",
    [
        "\x00",
        '"',
        '("',
        "a" * 10_000,
        "word " * 2_000,
        "' OR 1=1 --",
        "NEAR(a b)",
        "title:bus",
        "*",
        "a AND",
        "-",
        "🚌",
        "\ud800".encode("utf-8", "replace").decode(),
        "ﬁ",
        "<script>alert(1)</script>",
    ],
)
def test_anything_may_be_asked(client, query):
    response = client.get("/search/", {"q": query})

    assert response.status_code == HTTPStatus.OK
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "99", "9" * 30])
def test_a_results_page_nobody_has_is_empty_or_the_first(client, page):
    make_findable_post(title="Dispatcher")

    assert client.get("/search/", {"q": "dispatcher", "page": page}).status_code == HTTPStatus.OK


def test_the_table_can_be_written_anew(client):
    make_post(title="Dispatcher")

    assert rebuild() >= 1
    assert results_of(client, "dispatcher") == [("post", 0)]


def test_a_search_costs_the_same_for_few_results_and_many(client, django_assert_num_queries):
    make_findable_post(title="Dispatcher")
    client.get("/search/?q=dispatcher")
    with django_assert_num_queries(15) as few:
        client.get("/search/?q=dispatcher")
    for _ in range(5):
        make_findable_post(title="Dispatcher")

    with django_assert_num_queries(len(few)):
        client.get("/search/?q=dispatcher")


def test_results_are_narrowed_by_audience_and_series(client):
    make_read_paper(["The dispatcher"], title="One", audiences=["families", "teachers"], series="Briefs")
    make_read_paper(["A dispatcher"], title="Two", audiences=["teachers"])

    everything = client.get("/search/", {"q": "dispatcher"})
    for_families = client.get("/search/", {"q": "dispatcher", "audience": "families", "series": "Briefs"})

    assert everything.context["query"].facets["audience"] == {"families": 1, "teachers": 2}
    assert "Families" in everything.content.decode()
    assert [result["page"].title for result in for_families.context["results"]] == ["One"]
    assert "audience=families" in everything.content.decode()


def test_equally_frequent_choices_of_a_facet_stand_by_title_and_years_newest_first(client):
    apples, zebras = make_topic("Apples"), make_topic("Zebras")
    for year, topic in ((2019, zebras), (2021, apples), (2020, zebras), (2018, apples)):
        post = make_post(title=f"Dispatcher {year}", first_published_at=datetime(year, 6, 1, tzinfo=UTC))
        TopicLink.objects.create(page=post, topic=topic)
        index_page(post.pk)

    facets = {facet["name"]: facet for facet in client.get("/search/?q=dispatcher").context["facets"]}

    assert [choice["title"] for choice in facets["topic"]["choices"]] == ["Apples", "Zebras"]
    assert [choice["title"] for choice in facets["year"]["choices"]] == ["2021", "2020", "2019", "2018"]


def test_searches_are_limited_for_one_address(client, settings):
    cache.clear()
    settings.RATE_LIMITS = {"search": "2/m/ip"}

    statuses = [client.get("/search/?q=nurse").status_code for _ in range(3)]
    refused = client.get("/search/?q=nurse")

    assert statuses == [200, 200, 429]
    assert int(refused["Retry-After"]) > 0
    assert "Too many requests" in refused.content.decode()
    cache.clear()
