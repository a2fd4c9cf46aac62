"""Files that everybody may have are answered before Django, and exactly as Django answers them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage, storages
from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from wagtail.models import PageViewRestriction

from papers.models import DownloadCount, Edition
from papers.reader import page_images
from tests.support.factories import make_paper
from tests.support.page_cache import NoStore, ask, make_cache
from tests.support.page_versions import publish_bumps
from tests.support.paper_files import make_edition, pdf_bytes

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
TAG, MODIFIED, SIZE = "{tag}", "{modified}", "{size}"  # of the file that is asked for

REQUESTS = [
    {},
    {"method": "HEAD"},
    {"range": "bytes=0-9"},
    {"range": "bytes=100-"},
    {"range": "bytes=-20"},
    {"range": "bytes=0-0"},
    {"range": "bytes=5-5000000"},
    {"range": "bytes=0-1,5-6"},
    {"range": "bytes=nonsense"},
    {"range": "lines=0-9"},
    {"range": f"bytes={SIZE}-"},
    {"range": "bytes=-0"},
    {"range": "bytes=0-" + "9" * 200},
    {"method": "HEAD", "range": "bytes=0-9"},
    {"if_none_match": TAG},
    {"if_none_match": f'"x", W/{TAG}'},
    {"if_none_match": '"x"'},
    {"if_none_match": "*"},
    {"if_none_match": TAG, "range": "bytes=0-9"},
    {"method": "HEAD", "if_none_match": TAG},
    {"if_modified_since": MODIFIED},
    {"if_modified_since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    {"if_modified_since": "yesterday"},
    {"if_none_match": '"x"', "if_modified_since": MODIFIED},
    {"if_match": TAG, "range": "bytes=0-9"},
    {"if_match": '"x"'},
    {"if_unmodified_since": MODIFIED},
    {"if_unmodified_since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    {"range": "bytes=0-9", "if_range": TAG},
    {"range": "bytes=0-9", "if_range": f"W/{TAG}"},
    {"range": "bytes=0-9", "if_range": MODIFIED},
    {"range": "bytes=0-9", "if_range": "Thu, 01 Jan 1970 00:00:00 GMT"},
    {"range": "bytes=0-9", "if_range": "nonsense"},
    {"accept_encoding": "gzip, br"},
    {"cookie": "theme=dark"},
    {"cookie": "sessionid=one; __Host-session=two"},
]


@pytest.fixture
def content():
    return pdf_bytes(pages=3)


@pytest.fixture
def edition(content):
    edition = make_edition(make_paper(slug="shared-buses"), content=content, pages=3)
    publish_bumps()
    return edition


@pytest.fixture
def address(edition):
    return f"{edition.paper.url}download/"


@pytest.fixture
def process(tmp_path):
    return make_cache(tmp_path, store=NoStore())


def counted() -> int:
    return sum(DownloadCount.objects.values_list("number", flat=True))


def filled(request, response):
    values = {
        TAG: response.headers.get("ETag", '"x"'),
        MODIFIED: response.headers.get("Last-Modified", ""),
    }
    values[SIZE] = response.headers["Content-Length"]
    for name, value in values.items():
        request = {header: text.replace(name, value) for header, text in request.items()}
    return request


def public_images(edition):
    """Return addresses of a cover, an image of a page, and an image of the public storage."""
    record = edition.document.record
    name = f"covers/{record.sha256}-0123456789abcdef.webp"
    record.cover = default_storage.save(name, ContentFile(b"a cover"))
    record.save()
    page_images.store(record, 1, "webp", b"a page")
    public = storages["public"].save("images/trying.png", ContentFile(b"an image"))
    publish_bumps()
    return [
        record.cover_image["url"],
        f"{edition.paper.url}editions/1/read/1/picture-webp/",
        f"/media/{public}",
    ]


def test_images_are_kept_and_answered_as_django_answers_them(process, edition, django_assert_num_queries):
    django = get_wsgi_application()
    for address in public_images(edition):
        whole = ask(django, address)
        assert whole.status == "200 OK"
        ask(process, address)

        for request in REQUESTS:
            request = {name: value for name, value in request.items() if MODIFIED not in value}
            request = filled(request, whole)
            by_django = ask(django, address, **request)
            by_us = ask(process, address, **request)
            assert (by_us.status, by_us.headers, by_us.raw) == (
                by_django.status, by_django.headers, by_django.raw,
            ), request  # fmt: skip
        with django_assert_num_queries(0):
            assert ask(process, address).raw == whole.raw


@pytest.mark.parametrize("path", ["download/", "editions/1/download/"])
@pytest.mark.parametrize("first", [{}, {"range": "bytes=7-9"}, {"if_none_match": "*"}], ids=str)
def test_a_kept_file_is_answered_as_django_answers_it(process, edition, path, first):
    django, address = get_wsgi_application(), f"{edition.paper.url}{path}"
    whole = ask(django, address)
    ask(process, address, **first)
    assert process.counters.read("hits") == 0

    for request in (filled(request, whole) for request in REQUESTS):
        by_django, by_us = ask(django, address, **request), ask(process, address, **request)
        assert (by_us.status, by_us.headers, by_us.raw) == (
            by_django.status, by_django.headers, by_django.raw,
        ), request  # fmt: skip

    assert process.counters.read("hits") > 20


@pytest.mark.parametrize("headers", [{}, {"range": "bytes=9-99"}, {"if_none_match": "*"}], ids=str)
def test_whoever_asks_again_costs_no_query(process, address, headers, django_assert_num_queries):
    ask(process, address)

    with django_assert_num_queries(0):
        response = ask(process, address, **headers)

    assert response.status[:3] in ("200", "206", "304")


def test_downloads_from_here_are_counted_as_others_are(process, address, edition):
    for request in [{}, {"range": "bytes=0-9"}, {"range": "bytes=10-19"}, {"if_none_match": "*"}] * 3:
        ask(process, address, user_agent=FIREFOX, **request)
        ask(process, address, user_agent="curl/8.5.0", **request)
        ask(process, address, method="HEAD", user_agent=FIREFOX, **request)

    assert counted() == 6


def test_counting_lets_a_kept_file_stay(process, address):
    for _ in range(3):
        ask(process, address, user_agent=FIREFOX)
        publish_bumps()

    assert (process.counters.read("misses"), counted()) == (1, 3)


WITHDRAWALS = {
    "withdrawn": lambda edition: edition.withdraw(reason="It was wrong."),
    "an embargo": lambda edition: Edition.objects.update(embargoed_until=timezone.now() + timedelta(days=1)),
    "on request": lambda edition: type(edition.paper).objects.update(files_on_request=True),
    "private": lambda edition: PageViewRestriction.objects.create(
        page=edition.paper, restriction_type="login"
    ),
    "unpublished": lambda edition: edition.paper.unpublish(),
}


@pytest.mark.parametrize("how", WITHDRAWALS)
def test_a_file_that_is_no_longer_for_everybody_is_not_sent_any_more(process, address, edition, content, how):
    assert ask(process, address).raw == ask(process, address).raw == content

    WITHDRAWALS[how](edition)
    publish_bumps()

    for request in ({}, {"range": "bytes=0-9"}, {"method": "HEAD"}):
        response = ask(process, address, **request)
        assert response.status[:3] != "200"
        assert content[:10] not in response.raw


def test_a_private_file_is_never_kept(process, address, edition, content):
    PageViewRestriction.objects.create(page=edition.paper, restriction_type="login")
    publish_bumps()

    for request in ({}, {"range": "bytes=0-9"}):
        response = ask(process, address, **request)
        assert content[:10] not in response.raw


def test_a_new_edition_is_the_newest_at_once(process, edition, address, content):
    assert ask(process, address).raw == content

    make_edition(edition.paper, content=(revised := pdf_bytes(pages=4)))
    publish_bumps()

    assert ask(process, address).raw == revised
    assert ask(process, f"{edition.paper.url}editions/1/download/").raw == content


def test_a_file_the_disk_has_lost_is_not_found(process, address, edition):
    ask(process, address)

    edition.document.file.storage.delete(edition.document.file.name)

    assert ask(process, address).status == ask(process, address, range="bytes=0-9").status == "404 Not Found"


def test_a_file_that_comes_back_is_found_at_once(process, address, edition, content):
    storage, name = edition.document.file.storage, edition.document.file.name
    storage.delete(name)
    assert ask(process, address).status == ask(process, address).status == "404 Not Found"

    storage.save(name, ContentFile(content))

    assert ask(process, address).raw == content


def test_a_public_image_is_found_as_soon_as_it_is_made(process):
    assert ask(process, "/media/images/soon.webp").status == "404 Not Found"

    storages["public"].save("images/soon.webp", ContentFile(b"RIFF"))

    assert ask(process, "/media/images/soon.webp").raw == b"RIFF"


def test_a_file_that_lies_elsewhere_passes(process, address, edition, content, monkeypatch):
    bucket = InMemoryStorage()
    bucket.save(edition.document.file.name, ContentFile(content))
    monkeypatch.setattr(edition.document._meta.get_field("file"), "storage", bucket)

    assert [ask(process, address).raw for _ in range(3)] == [content] * 3
    assert process.counters.read("hits") == 0
