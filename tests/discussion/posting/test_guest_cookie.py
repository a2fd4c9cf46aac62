"""What stays on a guest's device, and quoting without scripts."""

from __future__ import annotations

from html import unescape
from http import HTTPStatus

import pytest

from tests.support.comments import make_comment, post_guest_comment
from tests.support.factories import make_post

pytestmark = pytest.mark.django_db


def test_a_guest_is_remembered_only_when_asked_and_only_under_the_discussion(client):
    post_guest_comment(client, make_post())
    nothing = dict(client.cookies)

    post_guest_comment(client, make_post(), remember="on", url="https://heron.example.org/")
    cookie = client.cookies["colloquy_guest"]

    assert not nothing
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/discussion/", True, "Lax")
    assert "grace@example.org" not in cookie.value


def test_who_is_remembered_finds_their_details_in_the_form_and_nobody_keeps_that_answer(client):
    comment = make_comment()
    stranger = client.get(f"/discussion/reply/{comment.pk}/")
    post_guest_comment(client, comment.page, remember="on")

    for path in ("", "form/"):
        response = client.get(f"/discussion/reply/{comment.pk}/{path}")
        assert 'value="grace@example.org"' in response.content.decode()
        assert response["Cache-Control"] == "private, no-store"
    assert stranger["Cache-Control"].startswith("public")


def test_a_page_that_is_kept_for_everybody_looks_at_no_cookie(client):
    page = make_comment().page
    plain = client.get(page.url)
    post_guest_comment(client, page, remember="on")
    value = client.cookies["colloquy_guest"].value

    response = client.get(page.url, headers={"cookie": f"colloquy_guest={value}"})

    assert b"grace@example.org" not in response.content
    assert response.content == plain.content


def test_who_unticks_the_box_is_forgotten(client):
    page = make_post()
    post_guest_comment(client, page, remember="on")
    post_guest_comment(client, page, comment="Something else.")

    assert client.cookies["colloquy_guest"].value == ""
    assert client.cookies["colloquy_guest"]["path"] == "/discussion/"


@pytest.mark.parametrize("value", ["", "nonsense", "a:b:c", "\x00"])
def test_a_cookie_of_nobodys_making_means_nothing(client, value):
    client.cookies["colloquy_guest"] = value

    response = client.get(f"/discussion/reply/{make_comment().pk}/")

    assert response.status_code == HTTPStatus.OK
    assert 'value="grace' not in response.content.decode()


def test_a_quote_stands_in_the_form_without_scripts(client):
    comment = make_comment(text="One & two.\n\nThree.")

    html = client.get(f"/discussion/reply/{comment.pk}/?quote=1").content.decode()

    assert f'href="/discussion/reply/{comment.pk}/?quote=1"' in client.get(comment.page.url).content.decode()
    assert "> One & two.\n>\n> Three.\n\n</textarea>" in unescape(html)
