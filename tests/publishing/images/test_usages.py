"""Pages show images in listed sizes only, which are there before a reader comes."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.storage import storages
from django.template import Context, Template
from wagtail.models import Page

import sandbox
from publishing.images import usages
from publishing.models import Author, Rendition, SiteImage, Topic
from tests.support.images import make_image
from tests.support.paths import ROOT
from tests.support.rich_site import NOW, make_rich_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_renditions_of_other_tests():
    """Wagtail caches renditions by the key of their image, which another test's image may have had."""
    cache.clear()


def public_addresses() -> list[str]:
    """Return every public page, list and feed on which an image may stand."""
    pages = [page.url for page in Page.objects.live().public() if page.url]
    authors = [author.get_absolute_url() for author in Author.objects.all()]
    topics = [f"/topics/{topic.slug}/{rest}" for topic in Topic.objects.all() for rest in ("", "feed/")]
    others = [
        "/blog/?page=2",
        "/search/?q=nurse",
        "/blog/feed/",
        "/papers/feed/",
        "/discussion/",
        "/sitemap.xml",
    ]
    return [*pages, *authors, *topics, *others]


def public_files() -> set[str]:
    storage = storages["public"]
    return set(storage.listdir("images")[1]) if storage.exists("images") else set()


def test_no_page_makes_a_picture_while_a_reader_waits(client, run_on_commit, monkeypatch):
    with time_machine.travel(NOW, tick=False), run_on_commit():
        make_rich_site()
    before = (set(Rendition.objects.values_list("pk", "file")), public_files())
    monkeypatch.setattr(sandbox, "run", None)

    addresses = public_addresses()
    pages = {address: client.get(address) for address in addresses}

    assert {page.status_code for page in pages.values()} == {200}
    assert (set(Rendition.objects.values_list("pk", "file")), public_files()) == before
    everything = "".join(page.content.decode() for page in pages.values())
    shown = re.findall(r'src="(/media/images/[^"]+)"', everything)
    assert len(set(shown)) >= 5
    assert {client.get(urlsplit(address).path).status_code for address in shown} == {200}


def test_a_page_whose_pictures_are_not_made_yet_is_read_without_them(client, monkeypatch):
    with time_machine.travel(NOW, tick=False):
        made = make_rich_site()
    Rendition.objects.all().delete()
    monkeypatch.setattr(sandbox, "run", None)

    pages = [client.get(address) for address in ("/", made.post.url, made.author.get_absolute_url())]

    assert [page.status_code for page in pages] == [200] * 3
    assert not Rendition.objects.exists()
    for page in pages:
        assert "not-found" not in page.content.decode()
        assert "/media/images/" not in page.content.decode()


@pytest.mark.parametrize("usage", usages.USAGES)
def test_every_usage_is_shown_by_a_page_or_a_link_to_it(usage):
    code = [path for room in ("blog", "site/home") for path in (ROOT / room).glob("*.py")]
    sources = [*(ROOT / "templates").rglob("*.html"), *code]
    asking = re.compile(rf'(site_image [\w.]+ |site_image\([\w.]+, |filters_of\()"{usage}"')

    assert any(asking.search(source.read_text("utf-8")) for source in sources)


def test_templates_ask_for_no_picture_that_would_have_to_be_made():
    asking = re.compile(r"{%-? *(image|picture|srcset_image|image_url) |wagtailimages_tags|get_rendition")

    offenders = [
        str(path.relative_to(ROOT))
        for folder in ("templates", "blog", "papers", "site")
        for path in (ROOT / folder).rglob("*.html")
        if asking.search(path.read_text("utf-8"))
    ]

    assert offenders == [], "Use {% site_image %} with a usage of publishing/images/usages.py."


def test_a_usage_that_is_not_listed_is_an_error():
    template = Template('{% load site_images %}{% site_image image "poster" %}')

    with pytest.raises(KeyError):
        template.render(Context({"image": make_image()}))


def test_nothing_is_shown_for_no_image():
    template = Template('{% load site_images %}{% site_image image "lead" %}')

    assert template.render(Context({"image": None})) == ""


def test_a_page_asks_the_database_for_a_picture_only_once(run_on_commit, django_assert_num_queries):
    with run_on_commit():
        key = make_image("A bus").pk
    template = Template('{% load site_images %}{% site_image image "body" %}')
    first, second = SiteImage.objects.get(pk=key), SiteImage.objects.get(pk=key)

    with django_assert_num_queries(1):
        shown = template.render(Context({"image": first}))
    with django_assert_num_queries(0):
        again = template.render(Context({"image": second}))

    assert shown == again
    assert shown.count(".avif") == 3
