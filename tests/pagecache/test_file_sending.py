"""Where a proxy sends the bytes: which header tells it the file, and what a real nginx makes of it."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage, storages
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory
from wagtail.models import PageViewRestriction

from pagecache.file_responses import StoredFile, file_response
from papers.models import DownloadCount
from tests.support import nginx
from tests.support.factories import make_paper, make_user
from tests.support.page_cache import NoStore, ask, make_cache
from tests.support.page_versions import publish_bumps
from tests.support.paper_files import make_edition, pdf_bytes

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
STRANGE_NAME = "trying/déjà vu 100%25 #1? 及.pdf"
HEADERS = {"Content-Type": "application/pdf", "ETag": '"tag"', "Content-Security-Policy": "sandbox"}
CONTENT = bytes(range(100))


@pytest.fixture
def strange_file():
    name = default_storage.save(STRANGE_NAME, ContentFile(CONTENT))
    yield StoredFile(default_storage, name, 100, HEADERS)
    default_storage.delete(name)


@pytest.fixture
def edition(db):
    return make_edition(make_paper(slug="shared-buses"), content=pdf_bytes(pages=3), pages=3)


@pytest.fixture
def address(edition):
    publish_bumps()
    return f"{edition.paper.url}download/"


def respond(file, method="GET", **headers):
    request = RequestFactory(headers=headers).generic(method, "/a/")
    return file_response(request, file)


def body(response):
    return b"".join(response) if response.streaming else response.content


def test_django_sends_files_unless_told_otherwise(strange_file):
    response = respond(strange_file)

    assert body(response) == CONTENT
    assert not response.has_header("X-Accel-Redirect")
    assert not response.has_header("X-Sendfile")


@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=10-19"}])
def test_nginx_is_told_the_file_below_its_internal_location(settings, strange_file, headers):
    settings.FILE_SENDING = "x-accel-redirect"

    response = respond(strange_file, **headers)

    assert (response.status_code, body(response)) == (200, b"")
    assert response["X-Accel-Redirect"] == f"/_files/{quote(strange_file.name)}"
    assert response["X-Accel-Redirect"].isascii()
    assert response["ETag"] == '"tag"'
    assert response["Content-Length"] == "0"
    assert not response.has_header("Content-Range")


def test_apache_is_told_the_whole_path(settings, strange_file):
    settings.FILE_SENDING = "x-sendfile"

    assert respond(strange_file)["X-Sendfile"] == quote(default_storage.path(strange_file.name))


@pytest.mark.parametrize("kind", ["x-accel-redirect", "x-sendfile"])
@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", {"If-None-Match": '"tag"'}, 304),
        ("GET", {"If-Match": '"other"'}, 412),
        ("GET", {"If-Match": '"tag"'}, 200),
        ("GET", {"Range": "bytes=100-"}, 416),
        ("HEAD", {}, 200),
    ],
)
def test_what_needs_no_file_is_not_left_to_the_proxy(settings, strange_file, kind, method, headers, status):
    settings.FILE_SENDING = kind

    response = respond(strange_file, method, **headers)

    assert response.status_code == status
    assert not response.has_header("X-Accel-Redirect")
    assert not response.has_header("X-Sendfile")


def test_only_files_of_the_private_storage_are_left_to_the_proxy(settings):
    settings.FILE_SENDING = "x-accel-redirect"
    for storage in (storages["public"], InMemoryStorage()):
        name = storage.save("trying.pdf", ContentFile(CONTENT))
        response = respond(StoredFile(storage, name, 100, HEADERS))

        assert body(response) == CONTENT
        storage.delete(name)


def test_the_page_cache_tells_the_proxy_what_django_does(settings, tmp_path, address):
    settings.FILE_SENDING = "x-accel-redirect"
    django, process = get_wsgi_application(), make_cache(tmp_path, store=NoStore())
    ask(process, address)

    for headers in ({}, {"range": "bytes=9-19"}, {"if_none_match": "*"}, {"method": "HEAD"}):
        by_django, by_us = ask(django, address, **headers), ask(process, address, **headers)
        assert (by_us.status, by_us.headers, by_us.raw) == (
            by_django.status, by_django.headers, by_django.raw,
        )  # fmt: skip

    assert process.counters.read("hits") == 4


# --- A real nginx -------------------------------------------------------------------------------------------


@pytest.fixture
def proxy(settings, tmp_path):
    """nginx in front of the page cache in front of Django."""
    nginx.skip_without_nginx()
    settings.FILE_SENDING = "x-accel-redirect"
    application = make_cache(tmp_path, store=NoStore())
    with nginx.in_front_of(application, files=default_storage.path("") + "/", folder=tmp_path) as server:
        yield server


OF_THE_SERVER = {"Server", "Date", "Connection", "Accept-Ranges"}


@pytest.mark.parametrize(
    "headers",
    [
        {}, {"range": "bytes=0-9"}, {"range": "bytes=-20"}, {"range": "bytes=0-1,5-6"},
        {"range": "bytes=999999-"}, {"if_none_match": "{tag}"}, {"if_none_match": '"other"'},
        {"if_modified_since": "{modified}"}, {"if_modified_since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"if_match": "{tag}"}, {"if_match": '"other"'},
        {"range": "bytes=0-9", "if_range": "{tag}"}, {"range": "bytes=0-9", "if_range": "{modified}"},
        {"range": "bytes=0-9", "if_range": '"other"'},
    ],
    ids=str,
)  # fmt: skip
def test_nginx_sends_what_django_would(settings, proxy, address, headers):
    settings.FILE_SENDING = "django"
    django = get_wsgi_application()
    whole = ask(django, address)
    tag, modified = whole.headers["ETag"], whole.headers["Last-Modified"]
    headers = {name: value.format(tag=tag, modified=modified) for name, value in headers.items()}
    expected = ask(django, address, **headers)
    settings.FILE_SENDING = "x-accel-redirect"

    for _ in range(2):  # by Django, then by the page cache
        response = proxy.ask(address, **headers)

        assert f"{response.status}" == expected.status[:3]
        assert response.body == expected.raw
        for name in expected.headers.keys() - OF_THE_SERVER:
            assert response.headers.get(name) == expected.headers[name], name
        assert "X-Accel-Redirect" not in response.headers


def test_downloads_that_nginx_sends_are_counted(proxy, address):
    for headers in ({}, {"Range": "bytes=0-9"}, {"Range": "bytes=10-19"}, {"If-None-Match": "*"}):
        proxy.ask(address, **headers, **{"User-Agent": FIREFOX})

    assert DownloadCount.objects.get().number == 2


def test_a_file_of_any_name_is_found(settings, tmp_path, strange_file):
    nginx.skip_without_nginx()
    settings.FILE_SENDING = "x-accel-redirect"

    def application(environ, start_response):
        response = respond(strange_file)
        start_response("200 OK", list(response.items()))
        return [response.content]

    with nginx.in_front_of(application, files=default_storage.path("") + "/", folder=tmp_path) as server:
        assert server.ask("/a/").body == CONTENT


def test_nobody_has_a_file_by_its_internal_address(proxy, address, edition):
    name = quote(edition.document.file.name)

    for path in (f"/_files/{name}", f"/_files//{name}", f"/%5ffiles/{name}", f"/x/../_files/{name}"):
        assert proxy.ask(path).status == 404


def test_a_private_edition_is_not_sent(proxy, address, edition):
    content = pdf_bytes(pages=3)
    assert proxy.ask(address).status == 200

    PageViewRestriction.objects.create(page=edition.paper, restriction_type="login")
    publish_bumps()

    for headers in ({}, {"Range": "bytes=0-9"}):
        response = proxy.ask(address, **headers)
        assert response.status in (302, 404)
        assert content[:10] not in response.body


def test_a_member_has_the_file_of_a_private_edition_by_nginx(proxy, address, edition, client):
    PageViewRestriction.objects.create(page=edition.paper, restriction_type="login")
    publish_bumps()
    client.force_login(make_user())
    (cookie,) = client.cookies.values()

    response = proxy.ask(address, Cookie=f"{cookie.key}={cookie.value}")

    assert response.body[:5] == b"%PDF-"
    assert response.headers["Cache-Control"].startswith("private, no-store")
