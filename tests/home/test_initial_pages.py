"""The pages that every site starts with."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from home.models import ContentPage

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
