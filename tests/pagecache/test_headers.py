"""Every response says whether and how caches may store it."""

from __future__ import annotations

import gzip
from http import HTTPStatus

import pytest
from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from pagecache.headers import CacheHeadersMiddleware, cache_control, has_session
from tests.support.factories import make_post, make_user

pytestmark = pytest.mark.django_db
GZIP = {"Accept-Encoding": "gzip, br"}
PAGES = ["/", "/blog/", "/papers/", "/about/", "/search/?q=bus", "/blog/feed/", "/sitemap.xml", "/robots.txt"]


@pytest.mark.parametrize("path", PAGES)
def test_a_reader_gets_public_bytes_and_no_cookie(client, path):
    response = client.get(path)

    assert response.status_code == HTTPStatus.OK
    assert response["Cache-Control"].startswith("public, max-age=0, must-revalidate, s-maxage=")
    assert "Cookie" in response["Vary"]
    assert response["ETag"].startswith('"')
    assert not response.cookies
    assert b"csrfmiddlewaretoken" not in response.content


@pytest.mark.parametrize("path", PAGES)
def test_every_reader_gets_the_same_bytes(client, path):
    make_post()

    assert (
        client.get(path).content
        == client.get(path, headers={"accept-language": "es", "user-agent": "other"}).content
    )


def test_a_member_gets_a_page_that_nobody_keeps(client):
    post = make_post()
    anonymous = client.get(post.url)["ETag"]
    client.force_login(make_user())

    response = client.get(post.url, headers={"if-none-match": anonymous})

    assert response.status_code == HTTPStatus.OK
    assert response["Cache-Control"] == "private, no-store"
    assert not response.has_header("ETag")


def test_an_unchanged_page_is_not_sent_again(client):
    etag = client.get("/")["ETag"]

    response = client.get("/", headers={"if-none-match": etag})

    assert response.status_code == HTTPStatus.NOT_MODIFIED
    assert response.content == b""


def test_a_page_is_compressed_the_same_each_time_under_an_etag_of_its_own(client):
    plain = client.get("/")
    first, second = (client.get("/", headers={"accept-encoding": "gzip"}) for _ in range(2))

    assert first.content == second.content
    assert gzip.decompress(first.content) == plain.content
    assert first["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in first["Vary"]


def respond(response: HttpResponseBase, path: str = "/", *, method: str = "GET", **headers: str):
    """Send ``response`` through the middleware, as the answer to a request without a session."""
    cookies = headers.pop("cookies", {})
    request = RequestFactory(headers=headers).generic(method, path)
    request.COOKIES.update(cookies)
    return CacheHeadersMiddleware(lambda _request: response)(request)


def html(length: int = 2_000, **headers: str) -> HttpResponse:
    return HttpResponse("é" + "x" * (length - 2), headers=headers)


@pytest.mark.parametrize("status", [200, 301, 404, 410])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_everybody_gets_is_public_for_a_minute(status, method):
    response = respond(HttpResponse("x", status=status), method=method)

    assert response["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=60"
    assert response["Vary"] == "Cookie"


@pytest.mark.parametrize("status", [201, 302, 303, 403, 429, 500, 503])
def test_what_may_be_different_next_time_is_not_cached(status):
    response = respond(HttpResponse("x", status=status))

    assert (response["Cache-Control"], response["Vary"]) == ("private, no-store", "Cookie")
    assert not response.has_header("ETag")


@pytest.mark.parametrize(
    "path",
    [
        {"method": "POST"},
        {"path": "/accounts/login/"},
        {"path": "/admin/"},
        {"cookies": {settings.SESSION_COOKIE_NAME: "one"}},
    ],
)
def test_what_is_for_one_reader_is_not_cached(path):
    assert respond(html(), **path)["Cache-Control"] == "private, no-store"


def test_a_response_that_sets_a_cookie_is_not_cached():
    response = html()
    response.set_cookie("one", "two")

    assert respond(response)["Cache-Control"] == "private, no-store"


def test_another_cookie_than_the_sessions_makes_no_difference():
    assert respond(html(), cookies={"theme": "dark"})["Cache-Control"].startswith("public")


@pytest.mark.parametrize("path", [f"{settings.STATIC_URL}css/base.css", "/"])
def test_a_response_that_says_how_long_it_lasts_is_left_alone(path):
    headers = {} if path.startswith(settings.STATIC_URL) else {"Cache-Control": "no-cache"}
    response = respond(html(**headers), path)

    assert response.headers.get("Cache-Control") == headers.get("Cache-Control")
    assert not response.has_header("Vary")
    assert not response.has_header("ETag")


def test_a_streamed_response_is_public_and_neither_compressed_nor_tagged():
    response = respond(StreamingHttpResponse(["x" * 2_000]), **GZIP)

    assert response["Cache-Control"].startswith("public")
    assert not response.has_header("ETag")
    assert not response.has_header("Content-Encoding")


def test_the_etag_is_of_the_bytes_and_one_that_is_there_stays():
    assert respond(HttpResponse("one"))["ETag"] == respond(HttpResponse("one"))["ETag"]
    assert respond(HttpResponse("one"))["ETag"] != respond(HttpResponse("two"))["ETag"]
    assert len(respond(HttpResponse("one"))["ETag"]) == 32 + len('""')
    assert respond(html(ETag='"mine"'))["ETag"] == '"mine"'


def test_who_has_the_bytes_gets_none():
    tag = respond(html())["ETag"]

    response = respond(html(), **{"If-None-Match": tag})

    assert (response.status_code, response.content) == (304, b"")
    assert respond(html(), **{"If-None-Match": '"other"'}).status_code == 200


def test_long_text_is_compressed_where_the_browser_takes_it():
    plain, packed = respond(html()), respond(html(), **GZIP)

    assert gzip.decompress(packed.content) == plain.content
    assert packed["Content-Encoding"] == "gzip"
    assert packed["Content-Length"] == str(len(packed.content))
    assert packed["Vary"] == plain["Vary"] == "Cookie, Accept-Encoding"
    assert packed["ETag"] != plain["ETag"]
    assert not plain.has_header("Content-Encoding")


def test_the_same_text_is_compressed_to_the_same_bytes_at_any_time():
    text = " ".join(str(number**3) for number in range(2_000))  # so that every level gives other bytes

    packed = respond(HttpResponse(text), **GZIP).content

    assert packed == gzip.compress(text.encode(), compresslevel=6, mtime=0)


@pytest.mark.parametrize(
    ("length", "kind", "is_compressed"),
    [
        (600, "text/html", False), (601, "text/html", True), (2_000, "application/json", True),
        (2_000, "image/svg+xml", True), (2_000, "image/webp", False), (2_000, "application/pdf", False),
    ],
)  # fmt: skip
def test_only_long_text_is_compressed(length, kind, is_compressed):
    response = respond(html(length, **{"Content-Type": kind}), **GZIP)

    assert response.has_header("Content-Encoding") == is_compressed
    assert ("Accept-Encoding" in response["Vary"]) == is_compressed


def test_what_is_compressed_already_stays_as_it_is():
    response = respond(html(**{"Content-Encoding": "br"}), **GZIP)

    assert (response["Content-Encoding"], response["Vary"]) == ("br", "Cookie")
    assert response.content == html().content


@pytest.mark.parametrize(
    ("cookies", "policy"),
    [
        ({}, "public, max-age=0, must-revalidate, s-maxage=60"),
        ({"theme": "dark"}, "public, max-age=0, must-revalidate, s-maxage=60"),
        ({settings.SESSION_COOKIE_NAME: "one"}, "private, no-store"),
    ],
)
def test_a_file_is_public_for_a_stranger_and_private_for_a_session(cookies, policy):
    request = RequestFactory().get("/papers/shared-buses/download/")
    request.COOKIES.update(cookies)

    assert cache_control(request) == policy


def test_a_session_is_known_by_its_cookie_alone(rf):
    request = rf.get("/")
    assert not has_session(request)

    request.COOKIES[settings.SESSION_COOKIE_NAME] = "anything"

    assert has_session(request)
