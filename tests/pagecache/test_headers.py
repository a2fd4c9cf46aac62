"""Every response says whether and how caches may store it."""

from __future__ import annotations

import gzip
from http import HTTPStatus

import pytest

from tests.support.factories import make_post, make_user

pytestmark = pytest.mark.django_db
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
