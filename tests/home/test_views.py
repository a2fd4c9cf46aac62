"""The front door: first pages, front page, navigation, robots, errors."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site

from home.models import ContentPage
from home.views import forbidden
from tests.support.factories import make_paper, make_post

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/blog/",
        "/papers/",
        "/about/",
        "/accessibility/",
        "/privacy/",
        "/house-rules/",
        "/discussion/",
        "/search/",
    ],
)
def test_a_new_site_has_its_pages(client, path):
    assert client.get(path).status_code == HTTPStatus.OK


def test_setting_up_again_changes_nothing_an_editor_made():
    about = ContentPage.objects.get(slug="about")
    about.title = "Who we are"
    about.save_revision().publish()
    pages = Page.objects.count()

    call_command("setup_site", verbosity=0)

    assert Page.objects.count() == pages
    assert ContentPage.objects.get(slug="about").title == "Who we are"


def test_addresses_follow_base_url(settings):
    settings.BASE_URL = "https://talk.example.org"

    call_command("setup_site", verbosity=0)

    assert Site.objects.get().root_url == "https://talk.example.org"


def test_the_front_page_leads_with_the_newest_post(client):
    make_paper(title="Building capacity")
    make_post(title="Sharing a nurse")

    page = client.get("/")

    assert page.context["lead"].title == "Sharing a nurse"
    assert "Building capacity" in page.content.decode()


def test_an_empty_front_page_says_so(client):
    assert "No posts yet" in client.get("/").content.decode()


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
