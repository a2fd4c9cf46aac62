"""Nobody can make a kept page another one for others, or push it out."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.core.wsgi import get_wsgi_application

from pagecache.entry_store import FileStore
from tests.support.page_cache import ask
from tests.support.stub_applications import StubApplication

BROWSER = {"accept_encoding": "gzip, deflate, br, zstd"}


# --- What passes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/", "POST", {}),
        ("/", "get", {}),
        ("/", "GET", {"cookie": "colloquy_session=one"}),
        ("/", "GET", {"cookie": "theme=dark; colloquy_guest=one"}),
        ("/", "GET", {"cookie": "xcolloquy_session=one"}),  # not a session, but never mistaken for none
        ("/", "GET", {"host": "elsewhere.example"}),
        ("/", "GET", {"host": "TESTSERVER"}),
        ("/", "GET", {"host": "testserver:80"}),
        ("/?utm_source=letter", "GET", {}),
        ("/?page=2&p%61ges=3", "GET", {}),
        ("/?page=2;topic=1&x", "GET", {}),
        ("/?=1", "GET", {}),
        ("/?page=" + "9" * 300, "GET", {}),
        ("/?" + "page=1&" * 25, "GET", {}),
        ("/" + "a" * 1_001, "GET", {}),
        ("/admin/", "GET", {}),
        ("/accounts/login/", "GET", {}),
        ("/static/css/base.css", "GET", {}),
    ],
)
def test_what_is_not_asked_by_everybody_passes_untouched_and_is_not_answered_from_a_kept_page(
    make, path, method, headers
):
    cache = make(application := StubApplication())
    ask(cache, "/")

    for _ in range(2):
        ask(cache, path, method, **headers)

    assert application.times == 3
    assert len(cache.cache) == 1
    assert all("pagecache.whole" not in environ for environ in application.asked[1:])
    assert all(
        environ.get(f"HTTP_{name.upper()}") == value
        for environ in application.asked[1:]
        for name, value in headers.items()
    )


@pytest.mark.parametrize("query", ["page=2", "p%61ge=2", "page=2&topic=a", "page=", "page"])
def test_a_query_of_declared_names_is_kept_however_it_is_written(make, query):
    cache = make(application := StubApplication())

    for _ in range(2):
        ask(cache, f"/blog/?{query}")

    assert application.times == 1


def test_a_site_with_https_keeps_nothing_that_came_without(make):
    cache = make(application := StubApplication(), is_https=True, trusts_proxy=True)

    for given in ("http", "HTTPS", "https,http", ""):
        ask(cache, "/", x_forwarded_proto=given)
    assert len(cache.cache) == 0
    ask(cache, "/", x_forwarded_proto="https")
    ask(cache, "/", x_forwarded_proto="https")

    assert application.times == 5
    assert application.asked[-1]["HTTP_X_FORWARDED_PROTO"] == "https"


HOSTILE = {
    "cookie": "theme=dark; colloquy_csrf=abc", "accept_language": "es", "x_forwarded_host": "evil.example",
    "x_forwarded_proto": "https", "x_forwarded_port": "444", "x_forwarded_prefix": "/evil",
    "x_original_url": "/admin/", "x_rewrite_url": "/admin/", "x_http_method_override": "POST",
    "forwarded": "host=evil.example", "referer": "https://evil.example/", "origin": "https://evil.example",
    "hx_request": "true", "authorization": "Basic b25lOnR3bw==", "accept": "application/json",
    "accept_encoding": "gzip",
}  # fmt: skip


def test_django_is_told_nothing_of_who_asks_for_a_page_that_others_get(make):
    cache = make(application := StubApplication(), is_https=False)

    ask(cache, "/", **HOSTILE)

    told = application.asked[0]
    assert not {f"HTTP_{name.upper()}" for name in HOSTILE} & told.keys()
    assert told["HTTP_HOST"] == "testserver"


def test_django_reads_no_body_and_no_charset_of_it(make):
    cache = make(application := StubApplication())
    body = {
        "CONTENT_TYPE": "text/plain; charset=latin-1",
        "CONTENT_LENGTH": "7",
        "wsgi.input": BytesIO(b"page=ab"),
    }

    ask(cache, "/?q=%E9", variables=body)

    told = application.asked[0]
    assert not {"CONTENT_TYPE", "CONTENT_LENGTH"} & told.keys()
    assert told["wsgi.input"].read() == b""


def test_what_django_needs_to_refuse_or_to_count_is_told(make):
    cache = make(application := StubApplication())
    told = {
        "x_forwarded_for": "192.0.2.1",
        "user_agent": "bot",
        "if_none_match": '"a"',
        "sec_purpose": "prefetch",
    }

    ask(cache, "/", **told)

    assert {f"HTTP_{name.upper()}": value for name, value in told.items()}.items() <= application.asked[
        0
    ].items()
    assert application.asked[0]["REMOTE_ADDR"] == "127.0.0.1"


# --- Floods ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["200 OK", "301 Moved Permanently", "404 Not Found"])
def test_addresses_that_anybody_can_make_up_push_out_no_page_and_fill_no_disk(make, tmp_path, status):
    pages = StubApplication()
    store = FileStore(tmp_path / "entries", "build")
    cache = make(pages, max_bytes=200_000, store=store)
    for number in range(5):
        ask(cache, f"/blog/{number}/")
    written = len(list(tmp_path.glob("entries/build/??/*")))

    pages.status = status
    for number in range(300):
        ask(cache, f"/search/?q={number}" if status == "200 OK" else f"/made-up-{number}")

    assert all(cache.cache.get((f"/blog/{number}/", "")) for number in range(5))
    assert cache.cache.bytes <= 200_000
    assert len(list(tmp_path.glob("entries/build/??/*"))) == written == 5


def test_an_absurd_accept_encoding_is_read_no_further(make):
    cache = make()
    ask(cache, "/")

    assert ask(cache, "/", accept_encoding="x," * 5_000 + "br").headers.get("Content-Encoding") is None


# --- The site itself ---------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/blog/", "/about/", "/search/?q=bus", "/blog/feed/", "/robots.txt", "/nowhere/"]
)
def test_no_header_of_the_first_reader_changes_what_the_next_one_gets(make, path):
    django = get_wsgi_application()
    cache = make(django, is_https=False)
    expected = ask(django, path)

    first = ask(cache, path, **HOSTILE)
    next_one = ask(cache, path)

    assert b"evil.example" not in next_one.body
    assert next_one.body == expected.body
    assert next_one.status == first.status == expected.status
    assert cache.counters.read("hits") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/about?page=%0d%0aSet-Cookie:%20a=b", "//evil.example/", "/\\evil.example/", "/about?q=a\x00b",
        "/blog/?page=%ff", "/blog/%0d%0aX:y/", "/..%2f..%2fetc/", "/blog/\xff/", "/blog/\x85/", "/?%00=1",
        "/blog/?topic=%00", "/blog/?page=99999999999999999999", "/search/?q=" + "%f0%9f%9a%8c" * 20,
    ],
)  # fmt: skip
def test_odd_addresses_are_answered_alike_from_the_cache_and_lead_nowhere_else(make, path):
    django = get_wsgi_application()
    cache = make(django)
    expected = ask(django, path)

    for _ in range(2):
        answer = ask(cache, path)
        assert (answer.status, answer.body) == (expected.status, expected.body)
        assert int(answer.status[:3]) < 500
        assert not re.search(r"[\r\n\0]", "".join(answer.headers.values()))
        assert not re.match(r"(\w+:)?[/\\]{2}", answer.headers.get("Location", ""))
