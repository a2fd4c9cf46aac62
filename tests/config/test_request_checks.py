"""Requests that no page of ours can answer: bodies too long to read, keys that no row has."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from blog.models import PostIndex
from tests.support.factories import make_user
from tests.support.paper_files import make_editor

pytestmark = pytest.mark.django_db
TOO_LONG = 256 * 1024 + 1


@pytest.mark.parametrize(
    "address", ["/discussion/post/", "/accounts/login/", "/papers/accessible-format/1/", "/oai/"]
)
def test_a_body_longer_than_any_form_is_rejected_unread(client, address):
    class Unread:
        def read(self, *args):
            raise AssertionError("The body was read")

        readline = read

    response = client.generic(
        "POST", address, b"", CONTENT_TYPE="application/x-www-form-urlencoded", CONTENT_LENGTH=str(TOO_LONG),
        **{"wsgi.input": Unread()},
    )  # fmt: skip

    assert response.status_code == 413
    assert "This is too long for us to read" in response.content.decode()


@pytest.mark.parametrize("length", ["-1", "x", "9" * 50])
def test_a_length_that_is_no_number_is_rejected(client, length):
    response = client.generic("POST", "/discussion/post/", b"", CONTENT_LENGTH=length)

    assert response.status_code == 413


KEYS = ["x", "9" * 40, "9" * 19, "0x1", "१"]
PUBLIC = [
    "/discussion/comment/{}/", "/discussion/reply/{}/", "/discussion/report/{}/", "/discussion/edit/{}/",
    "/documents/{}/file.pdf", "/papers/accessible-format/{}/", "/search/?q=a&page={}", "/blog/?page={}",
    "/_util/authenticate_with_password/{}/1/", "/documents/authenticate_with_password/{}/",
    "/discussion/?page={}", "/discussion/about/{}/",
]  # fmt: skip
ADMIN = [
    "pages/{}/edit/", "pages/{}/", "choose-page/?page_type=wagtailcore.page&target_pages={}",
    "choose-page/{}/", "images/{}/", "images/chooser/{}/", "documents/chooser/{}/",
    "documents/edit/{}/", "snippets/publishing/author/edit/{}/", "users/{}/",
    "snippets/publishing/author/chooser/chosen/{}/", "images/?collection_id={}",
    "documents/?collection_id={}", "reports/site-history/?user={}", "users/?group={}",
    "groups/{}/users/", "discussion/act/{}/approve/", "papers/{}/editions/", "papers/files/{}/",
    "papers/requests/{}/", "papers/copies/{}/", "papers/downloads/?paper={}",
    "bulk/wagtailcore/page/delete/?id={}", "bulk/discussion/comment/remove/?id={}",
    "images/chooser/?collection_id={}", "pages/add/blog/post/{}/", "pages/{}/history/",
    "pages/1/revisions/{}/view/", "workflows/tasks/add/wagtailcore/{}/", "workflows/tasks/add/{}/task/",
]  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_no_key_in_a_public_address_is_an_error(client, key):
    statuses = {address: client.get(address.format(key)).status_code for address in PUBLIC}

    assert {address: code for address, code in statuses.items() if code not in (200, 302, 404, 405)} == {}


@pytest.mark.parametrize("key", [*KEYS, "%00"])
def test_no_key_in_an_address_of_the_admin_is_an_error(client, key):
    client.force_login(make_user(is_superuser=True))
    client.raise_request_exception = False

    statuses = {address: client.get(f"/admin/{address.format(key)}").status_code for address in ADMIN}

    assert {address: code for address, code in statuses.items() if code >= 500} == {}


def test_an_editor_whose_form_lacks_a_field_of_wagtails_gets_no_error_of_ours(client):
    client.force_login(make_editor())

    response = client.post(f"/admin/pages/add/blog/post/{PostIndex.objects.get().pk}/", {"title": "Buses"})

    assert response.status_code == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize("page", ["test404", "failwhale"])
def test_wagtails_pages_to_try_an_error_with_are_not_there(client, page):
    client.force_login(make_editor())

    assert client.get(f"/admin/{page}/").status_code == HTTPStatus.NOT_FOUND
