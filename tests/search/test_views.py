"""The search page: how much was found, by which filters, and what may be asked."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from http import HTTPStatus

import pytest
from django.core.cache import cache

from publishing.models import Topic, TopicLink
from search.indexing import index_page, replace
from search.models import Entry
from tests.support.comments import visible_text
from tests.support.factories import make_post, make_topic
from tests.support.searching import make_findable_post, make_read_paper, results_of

pytestmark = pytest.mark.django_db


def test_a_search_says_how_much_it_found(client):
    make_findable_post(title="Zebras on the late bus")
    make_findable_post(title="A zebra for the nurse")

    assert "2 results for “zebra”" in client.get("/search/", {"q": "zebra"}).content.decode()


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


@pytest.mark.parametrize(
    ("number", "shown"),
    [(1, "1 2 … 10"), (2, "1 2 3 … 10"), (5, "1 … 4 5 6 … 10"), (10, "1 … 9 10")],
)
def test_the_pager_shows_first_last_and_neighbours(client, number, shown):
    comments = [Entry(kind="comment", page=make_post(), number=n, text="Dispatcher") for n in range(100)]
    replace({"kind": "comment"}, comments)

    html = client.get("/search/", {"q": "dispatcher", "page": number}).content.decode()

    (pager,) = re.findall(r'<nav class="pager".*?</nav>', html, re.DOTALL)
    assert " ".join(re.findall(r"(?<=>)\d+(?=<)|…", pager)) == shown


def test_a_search_costs_the_same_for_few_results_and_many(client, django_assert_num_queries):
    make_findable_post(title="Dispatcher")
    client.get("/search/?q=dispatcher")
    # Matches, which of their pages are public, the entries that are shown, the names of topics and authors.
    with django_assert_num_queries(5) as few:
        client.get("/search/?q=dispatcher")
    for _ in range(5):
        make_findable_post(title="Dispatcher")

    with django_assert_num_queries(len(few)):
        client.get("/search/?q=dispatcher")


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


@pytest.mark.parametrize(
    ("name", "value", "title"),
    [
        ("year", "1999", "1999"), ("topic", "empty", "Nothing yet"), ("topic", "nowhere", "nowhere"),
        ("author", "nobody", "nobody"), ("series", "None", "None"), ("audience", "families", "Families"),
        ("kind", "zebra", "zebra"),
    ],
)  # fmt: skip
def test_a_filter_that_nothing_found_has_shows_as_chosen_with_a_way_out(client, name, value, title):
    Topic.objects.create(name="Nothing yet", slug="empty")
    make_findable_post(title="Dispatcher")

    response = client.get("/search/", {"q": "dispatcher", name: value})

    html = response.content.decode()
    assert response.status_code == HTTPStatus.OK
    assert response.context["results"] == []
    assert f'aria-current="true">{title}</a> <span class="count">0</span>' in html
    assert "No results match these filters" in html
    assert '<a href="?q=dispatcher">Clear filters</a>' in html


def test_filters_without_words_show_the_list_newest_first(client):
    for year in (2019, 2021, 2020):
        make_findable_post(title=f"Of {year}", first_published_at=datetime(year, 6, 1, tzinfo=UTC))
    make_read_paper(["One", "Two"], title="A paper")

    posts = client.get("/search/", {"kind": "post"})
    papers = client.get("/search/", {"q": "", "kind": "paper"})

    titles = [result["page"].title for result in posts.context["results"]]
    assert titles == ["Of 2021", "Of 2020", "Of 2019"]
    assert "3 results" in visible_text(posts)
    assert [result["page"].title for result in papers.context["results"]] == ["A paper"]
    assert results_of(client, "kind=sheet") == [("sheet", 1), ("sheet", 2)]
    assert [kind for kind, _number in results_of(client, "year=2020")] == ["post"]


@pytest.mark.parametrize("kind", ["nonsense", "x\x00", "k" * 5_000])
def test_a_kind_there_is_not_has_an_empty_list_that_leads_on(client, kind):
    response = client.get("/search/", {"kind": kind})

    assert response.status_code == HTTPStatus.OK
    assert "No results match these filters" in visible_text(response)
    assert 'href="/papers/"' in response.content.decode()


def test_an_empty_search_leads_on(client):
    topic = make_topic("Buses")
    TopicLink.objects.create(page=make_post(), topic=topic)

    response = client.get("/search/")

    for link in ('href="/blog/"', 'href="/papers/"', 'href="?kind=person"', f'href="{topic.url}"'):
        assert link in response.content.decode()


@pytest.mark.parametrize(
    "hostile", ["district " * 50_000, '"' * 400_000, "a.b-c" * 80_000, "合" * 400_000, "1,000." * 70_000]
)
def test_a_query_of_400_kilobytes_costs_little(client, hostile):
    started = time.process_time()

    assert client.get("/search/", {"q": hostile}).status_code == HTTPStatus.OK
    assert time.process_time() - started < 2
