"""The front door: navigation, robots, the sitemap, errors."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from home.views import forbidden
from tests.support.factories import make_post

pytestmark = pytest.mark.django_db


def test_navigation_says_where_one_is(client):
    page = client.get(make_post().url).content.decode()

    assert '<a href="/blog/" aria-current="true">' in page


def test_robots_and_security_txt_tell_where_and_whom(client, settings):
    assert f"Sitemap: {settings.BASE_URL}/sitemap.xml" in client.get("/robots.txt").content.decode()
    assert "Contact: mailto:" in client.get(reverse("security_txt")).content.decode()


@pytest.mark.parametrize(
    "address",
    ["/", "/blog/", "/papers/capacity/", "/papers/capacity/cite/", "/papers/capacity/editions/1/download/",
     "/papers/capacity/read/14/", "/discussion/", "/discussion/comment/7/", "/discussion/feed/",
     "/topics/finance/", "/authors/ada/", "/oai/?verb=ListRecords&metadataPrefix=oai_dc",
     "/blog/?page=2", "/blog/a-post/?talk=2"],
)  # fmt: skip
def test_robots_may_read_what_is_published(client, address):
    assert robots_may(client, address)


@pytest.mark.parametrize(
    "address",
    ["/admin/", "/accounts/login/", "/search/?q=bus", "/discussion/about/7/", "/discussion/reply/7/",
     "/discussion/report/7/", "/papers/copies/ask/7/", "/papers/accessible-format/7/",
     "/papers/capacity/cite/?page=3", "/papers/capacity/read/14/?zoom=200",
     "/papers/capacity/read/14/?q=bus", "/papers/?topic=finance&year=2009"],
)  # fmt: skip
def test_robots_stay_out_of_forms_and_of_what_is_there_without_end(client, address):
    assert not robots_may(client, address)


def robots_may(client, address: str) -> bool:
    """Say what the longest rule for an address says, as RFC 9309 reads them."""
    lines = [line.split(": ") for line in client.get("/robots.txt").content.decode().splitlines()]
    rules = [
        (len(rule), kind == "Allow")
        for kind, rule in lines
        if kind in ("Allow", "Disallow")
        and re.match(re.escape(rule).replace(r"\*", ".*").replace(r"\$", "$"), address)
    ]
    return max(rules, default=(0, True))[1]


def test_the_sitemap_holds_what_is_published(client):
    live, draft = make_post(slug="live"), make_post(slug="draft", live=False)

    page = client.get("/sitemap.xml").content.decode()

    assert live.full_url in page
    assert draft.slug not in page


def test_a_missing_page_is_a_page_of_ours(client):
    response = client.get("/nowhere/")

    assert response.status_code == HTTPStatus.NOT_FOUND
    assert "search-form" in response.content.decode()


def test_what_breaks_is_answered_by_a_page_that_needs_nothing(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("home.models.HomePage.get_context", lambda *words, **rest: 1 / 0)

    response = client.get("/")

    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "<html" in response.content.decode()


def test_a_refusal_says_why(rf):
    response = forbidden(rf.get("/"), PermissionDenied("Only members of the board read this."))

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "Only members of the board read this." in response.content.decode()


def test_a_form_that_came_too_late_says_what_to_do():
    late = Client(enforce_csrf_checks=True)

    response = late.post("/accounts/login/", {"login": "ada@example.org"})

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "This form has expired" in response.content.decode()
