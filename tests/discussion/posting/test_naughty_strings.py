"""Odd bytes get a clear sentence or are taken as they are; never an error page of ours."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

import pytest

from discussion.models import Comment
from public_forms.printable_text import printable
from tests.support.comments import comment_form_data, post_comment, post_guest_comment, visible_text
from tests.support.factories import make_post, make_user

pytestmark = pytest.mark.django_db
TAKEN = [
    "日本語のコメント",
    "العربية من اليمين",
    "👩🏽‍🏫 families of one",
    "Z̷a̸l̵g̴o̶" * 20,
    "ﬁne ligatures",
    "İstanbul",
    "a\u200bb",
    "\ufeffbyte order",
    "'; DROP TABLE discussion_comment; --",
    "{{ 7*7 }} {% load x %}",
    "${jndi:ldap://x}",
    "%s%n%00",
    "../../etc/passwd",
    "1e309 NaN null undefined",
    "\u202eoverride",
    "\U0001d518\U0001d52b",
    "=cmd|' /C calc'!A0",
    "<![CDATA[x]]>",
    "x" * 9_000,
]
BROKEN = [
    "nul\x00byte",
    "bell\x07",
    "escape\x1b[31m",
    "c1\x85\x9b",
    "half \ud83d pair",
    "never \uffff a \ufdd0 character",
    "\x7f",
]


@pytest.mark.parametrize("words", TAKEN)
def test_unusual_words_are_taken_and_shown(client, words):
    client.force_login(make_user())
    post = make_post()

    response = post_comment(client, post, comment=words)

    assert response.status_code == HTTPStatus.SEE_OTHER
    assert Comment.objects.get().comment == words.strip()
    assert client.get(post.url).status_code == client.get(f"{post.url}feed/").status_code == HTTPStatus.OK


@pytest.mark.parametrize("words", BROKEN)
@pytest.mark.parametrize(
    "field", ["comment", "name", "email", "url", "reply_to", "honeypot", "object_pk", "security_hash"]
)
def test_what_no_page_can_show_is_taken_out_and_said(client, words, field):
    body = urlencode(
        comment_form_data(make_post()) | {"name": "Grace", "email": "g@example.org", field: words},
        errors="surrogatepass",
    )

    response = client.post("/discussion/post/", body, content_type="application/x-www-form-urlencoded")

    assert response.status_code in (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.SEE_OTHER,
    )
    assert printable(response.content.decode()) == response.content.decode()


def test_the_cleaned_words_come_back_ready_to_be_posted(client):
    client.force_login(make_user())

    response = post_comment(client, make_post(), comment="nul\x00byte")

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "characters that can’t be displayed" in visible_text(response)
    assert "nulbyte</textarea>" in response.content.decode()


@pytest.mark.parametrize(
    "charset",
    ["utf-7", "utf-16", "latin-1", "idna", "punycode", "base64", "zip", "nonsense", "unicode_escape"],
)
@pytest.mark.parametrize(
    "kind",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=XX",
        "text/plain",
        "application/json",
    ],
)
def test_a_foreign_charset_is_no_error_of_ours(client, charset, kind):
    body = (
        b'--XX\r\nContent-Disposition: form-data; name="comment"\r\n\r\n+2AA-\xff\xfe\r\n--XX--\r\n'
        if "multipart" in kind
        else b"comment=%2B2AA-&object_pk=1"
    )

    response = client.generic("POST", "/discussion/post/", body, content_type=f"{kind}; charset={charset}")

    assert 400 <= response.status_code < 500


def test_half_a_surrogate_pair_by_way_of_utf_7_is_refused(client):
    post = make_post()
    fields = comment_form_data(post) | {"comment": "+2AA-", "name": "Grace", "email": "g@example.org"}
    body = "".join(
        f'--XX\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )

    response = client.generic(
        "POST",
        "/discussion/post/",
        f"{body}--XX--\r\n".encode(),
        content_type="multipart/form-data; boundary=XX; charset=utf-7",
    )

    assert 400 <= response.status_code < 500
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", f"{'a' * 250}@example.org"),
        ("email", "a@example.org,b@example.org"),
        ("email", "a@example.org\nBcc: b@example.org"),
        ("email", "<script>@example.org"),
        ("name", "x" * 51),
        ("name", "\u200b\u200e"),
        ("name", "  "),
        ("name", "grace@example.org"),
        ("name", "\u202e\u202e"),
        ("url", "javascript:alert(1)"),
        ("url", "x" * 300),
        ("url", "https://"),
        ("url", f"https://example.org/{'x' * 200}"),
        ("url", "http://[::1"),
    ],
)
def test_details_that_cannot_be_kept_are_named(client, field, value):
    response = post_guest_comment(client, make_post(), **{field: value})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f'id="id_{field}_error"' in response.content.decode()


def test_fields_sent_twice_and_fields_nobody_asked_for_change_nothing(client):
    client.force_login(make_user(name="Joan"))
    fields = comment_form_data(make_post(), comment="Mine.")

    response = client.post(
        "/discussion/post/",
        {
            **fields,
            "comment": ["Not this.", "Mine."],
            "state": "removed",
            "user": "1",
            "is_public": "",
            "name": "Boss",
            "email": "boss@example.org",
        },
    )

    comment = Comment.objects.get()
    assert response.status_code == HTTPStatus.SEE_OTHER
    assert (comment.comment, comment.state, comment.name, comment.user_name, comment.user_email) == (
        "Mine.",
        "published",
        "Joan",
        "",
        "",
    )


@pytest.mark.parametrize(
    "path",
    [
        "talk=0",
        "talk=-1",
        "talk=abc",
        "talk=" + "9" * 50,
        "talk=٣",
        "order=useful",
        "order=%00",
        "thread=abc",
        "thread=%FF",
        "part=9",
        "thread=1&at=x",
        "talk=1&talk=2",
        "order=" + "x" * 3000,
    ],
)
def test_an_odd_address_still_shows_the_page(client, path):
    assert client.get(f"{make_post().url}?{path}").status_code == HTTPStatus.OK


@pytest.mark.parametrize("number", ["0", "999999", "2147483648", "9" * 30, "9" * 5_000])
@pytest.mark.parametrize("path", ["comment/{}/", "reply/{}/", "reply/{}/form/"])
def test_a_number_that_is_no_comment_is_not_found(client, number, path):
    assert client.get(f"/discussion/{path.format(number)}").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("page", ["0", "2", "abc", "-1", "9" * 40, "%00", "٣"])
def test_the_newest_comments_have_no_such_page(client, page):
    assert client.get(f"/discussion/?page={page}").status_code == HTTPStatus.NOT_FOUND


def test_files_in_place_of_words_are_no_words(client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    response = client.post(
        "/discussion/post/", comment_form_data(make_post()) | {"comment": SimpleUploadedFile("x.txt", b"x")}
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
