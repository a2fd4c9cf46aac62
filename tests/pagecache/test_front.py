"""A kept page answers as Django would, for everybody."""

from __future__ import annotations

import gzip

import brotli
import pytest

from pagecache import dependencies, front
from pagecache.dependencies import depends_on
from tests.support.page_cache import ask
from tests.support.stub_applications import PUBLIC, TEXT, Stream, StubApplication

BROWSER = {"accept_encoding": "gzip, deflate, br, zstd"}


# --- What is answered --------------------------------------------------------------------------------------


def test_a_page_is_rendered_once(make):
    cache = make(application := StubApplication())

    answers = [ask(cache, "/blog/", **BROWSER) for _ in range(3)]

    assert application.times == 1
    assert {answer.raw for answer in answers} == {answers[0].raw}
    assert answers[0].body.decode() == TEXT
    assert answers[0].status == "200 OK"


def test_each_path_and_each_query_is_a_page_of_its_own(make):
    cache = make(application := StubApplication())

    for path in ("/", "/blog/", "/blog/?page=2", "/blog/?page=3", "/Blog/", "/blog/?page=2&topic=a"):
        ask(cache, path)

    assert application.times == 6


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpack"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
    ],
)
def test_each_client_gets_the_encoding_that_it_takes_best(make, accepted, encoding, unpack):
    cache = make()

    for _ in range(2):
        answer = ask(cache, "/", accept_encoding=accepted)

        assert answer.headers.get("Content-Encoding") == encoding
        assert unpack(answer.raw).decode() == TEXT
        assert answer.headers["Content-Length"] == str(len(answer.raw))
        assert answer.headers["Vary"] == "Cookie, Accept-Encoding"


def test_each_encoding_has_a_strong_etag_of_its_own_under_which_it_is_not_sent_again(make):
    cache, tags = make(application := StubApplication()), {}
    for accepted in ("br", "gzip", "identity"):
        tag = tags[accepted] = ask(cache, "/", accept_encoding=accepted).headers["ETag"]

        for given in (tag, f'"other", {tag}', f"W/{tag}", "*"):
            answer = ask(cache, "/", accept_encoding=accepted, if_none_match=given)
            assert (answer.status, answer.raw) == ("304 Not Modified", b"")
            assert answer.headers["ETag"] == tag
            assert answer.headers["Cache-Control"] == PUBLIC

    assert len(set(tags.values())) == 3
    assert all(tag.startswith('"') for tag in tags.values())
    assert ask(cache, "/", accept_encoding="br", if_none_match=tags["gzip"]).status == "200 OK"
    assert application.times == 1


def test_head_answers_the_same_without_a_body_and_keeps_nothing(make):
    cache = make(application := StubApplication())

    ask(cache, "/", "HEAD")
    assert (application.times, len(cache.cache)) == (1, 0)
    whole, head = ask(cache, "/", **BROWSER), ask(cache, "/", "HEAD", **BROWSER)

    assert application.times == 2
    assert (head.status, head.headers, head.raw) == (whole.status, whole.headers, b"")


def test_a_feed_is_not_sent_again_to_who_has_seen_its_last_change(make):
    cache = make(StubApplication(headers=[("Last-Modified", "Sat, 28 Nov 2026 15:00:00 GMT")]))
    ask(cache, "/blog/feed/")

    def status(since):
        return ask(cache, "/blog/feed/", if_modified_since=since).status

    assert ask(cache, "/blog/feed/").headers["Last-Modified"] == "Sat, 28 Nov 2026 15:00:00 GMT"
    assert status("Sat, 28 Nov 2026 15:00:00 GMT") == "304 Not Modified"
    assert status("Sat, 28 Nov 2026 14:59:59 GMT") == "200 OK"
    assert status("yesterday") == "200 OK"


def test_a_page_names_what_it_shows_for_a_network_that_purges_by_name(make):
    cache = make(StubApplication(during=lambda environ: depends_on("discussion/7", "publishing_topic")))

    keys = ask(cache, "/").headers["Surrogate-Key"].split()

    assert {"discussion/7", "publishing_topic", "wagtailcore_site"} <= set(keys)
    assert keys == sorted(keys)


def test_a_response_that_is_kept_is_closed(make):
    cache = make(application := StubApplication())

    ask(cache, "/")

    assert application.responses[0].is_closed


# --- What is never kept ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [
        {"status": "302 Found"},
        {"status": "304 Not Modified"},
        {"status": "403 Forbidden"},
        {"status": "429 Too Many Requests"},
        {"status": "500 Internal Server Error"},
        {"cache_control": None},
        {"cache_control": "private, no-store"},
        {"cache_control": "no-cache"},
        {"cache_control": "public, no-cache"},
        {"cache_control": "max-age=60"},
        {"headers": [("Set-Cookie", "one=two")]},
        {"headers": [("Vary", "Cookie, Accept-Language")]},
        {"headers": [("Vary", "*")]},
        {"headers": [("Content-Encoding", "gzip")]},
        {"headers": [("Content-Range", "bytes 0-1/2")]},
        {"response": lambda body: [body]},  # which doesn't say whether it is a stream
        {"response": lambda body: Stream()},
    ],
)
def test_a_response_that_is_not_the_same_for_all_is_sent_as_it_came_and_never_kept(make, options):
    cache = make(application := StubApplication(**options))

    for _ in range(2):
        answer = ask(cache, "/")
        assert answer.status == application.status
        assert answer.raw == b"".join(application.responses[-1])
        assert answer.headers == dict(application.headers)

    assert application.times == 2
    assert len(cache.cache) == 0


@pytest.mark.parametrize("status", ["301 Moved Permanently", "404 Not Found", "410 Gone"])
def test_what_is_moved_missing_or_gone_is_kept_and_said_again_to_who_has_it(make, status):
    cache = make(application := StubApplication(status=status))
    tag = ask(cache, "/old/").headers["ETag"]

    for given in (tag, "*"):
        assert ask(cache, "/old/", if_none_match=given).status == status
    assert application.times == 1


def test_a_page_too_large_to_keep_is_answered_all_the_same(make, monkeypatch):
    monkeypatch.setattr(front, "MAX_BODY", 100)
    cache = make(application := StubApplication())

    assert [ask(cache, "/", **BROWSER).body.decode() for _ in range(2)] == [TEXT, TEXT]
    assert application.times == 2
    assert len(cache.cache) == 0


def test_a_page_that_shows_what_nobody_follows_is_logged_and_not_kept(make, caplog):
    def read_a_secret(environ):
        if "pagecache.whole" in environ:
            dependencies.current_dependencies().untracked.add("mail_queuedemail")

    cache = make(application := StubApplication(during=read_a_secret))

    assert [ask(cache, "/", **BROWSER).body.decode() for _ in range(2)] == [TEXT, TEXT]
    assert application.times == 2
    assert "/ is not kept: it reads mail_queuedemail" in caplog.text


def test_an_application_that_fails_leaves_the_address_free_for_the_next(make):
    def fail(environ):
        raise ValueError("broken")

    cache = make(application := StubApplication(during=fail))
    with pytest.raises(ValueError, match="broken"):
        ask(cache, "/")

    application.during = lambda environ: None
    ask(cache, "/")
    assert ask(cache, "/").status == "200 OK"
    assert application.times == 2
