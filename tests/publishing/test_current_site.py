"""The site of a request."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from wagtail.models import Page, Site

from home.models import HomePage
from pagecache import kept_values
from publishing.current_site import site_of
from tests.support.page_versions import publish_bumps

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sites_are_asked_for_again():
    yield
    Site.clear_site_root_paths_cache()  # which the end of the test does not undo


def test_the_site_is_found_as_wagtail_finds_it(rf):
    site = site_of(rf.get("/"))

    assert site == Site.find_for_request(rf.get("/"))
    assert site.root_page == HomePage.objects.get().page_ptr
    assert site.root_page.specific == HomePage.objects.get()


def test_another_host_is_another_site(rf, settings):
    settings.ALLOWED_HOSTS = ["*"]
    root = Page.objects.get(depth=1).add_child(instance=HomePage(title="Elsewhere", slug="elsewhere"))
    elsewhere = Site.objects.create(hostname="elsewhere.example", root_page=root)

    assert site_of(rf.get("/", HTTP_HOST="elsewhere.example")) == elsewhere
    assert site_of(rf.get("/")) != elsewhere


def test_a_site_that_was_renamed_is_called_so_at_once(client):
    Site.objects.update(site_name="Northern Collaborative")
    assert "Northern Collaborative" in client.get("/").content.decode()

    Site.objects.update(site_name="Southern Collaborative")
    assert "Southern Collaborative" in client.get("/").content.decode()


def test_each_request_has_models_of_its_own(rf):
    assert site_of(rf.get("/")).root_page is not site_of(rf.get("/")).root_page


def test_a_host_that_is_not_ours_gets_no_error_of_ours(client):
    assert client.get("/", HTTP_HOST="bad host").status_code == HTTPStatus.BAD_REQUEST
    assert client.get("/", HTTP_HOST="elsewhere.example").status_code == HTTPStatus.BAD_REQUEST


def test_ports_that_a_client_makes_up_push_out_nothing_that_is_kept(rf):
    publish_bumps()
    kept_values.clear()
    site = site_of(rf.get("/"))
    kept = len(kept_values._values)

    for port in range(9_000, 9_010):
        assert site_of(rf.get("/", HTTP_HOST=f"testserver:{port}", SERVER_PORT=str(port))) == site

    assert len(kept_values._values) == kept == 1
