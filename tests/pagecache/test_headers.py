"""What every answer says about keeping it, and the stamps that will say when not to."""

from __future__ import annotations

import gzip
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.db import transaction
from django.utils import timezone

from pagecache import versions
from pagecache.models import Stamp
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


def test_a_page_is_packed_the_same_each_time_under_an_etag_of_its_own(client):
    plain = client.get("/")
    first, second = (client.get("/", headers={"accept-encoding": "gzip"}) for _ in range(2))

    assert first.content == second.content
    assert gzip.decompress(first.content) == plain.content
    assert first["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in first["Vary"]


def test_a_stamp_is_written_with_the_change_and_moved_after_it(
    settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.DATA_DIR = tmp_path

    with django_capture_on_commit_callbacks(execute=True):
        versions.touch("talk/7")
        assert not Stamp.objects.get(name="talk/7").moved

    assert Stamp.objects.get(name="talk/7").moved
    assert versions.place("talk/7").read_text() == str(Stamp.objects.get().number)


def test_a_change_taken_back_leaves_no_stamp():
    with transaction.atomic():
        versions.touch("talk/7")
        transaction.set_rollback(True)

    assert not Stamp.objects.exists()


def test_a_sweep_moves_a_stamp_whose_process_died(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    versions.touch("talk/7")
    Stamp.objects.update(changed_at=timezone.now() - timedelta(seconds=6))

    assert versions.sweep() == 1
    assert Stamp.objects.get().moved
