"""Which requests a kept response may answer."""

from __future__ import annotations

import pytest

from tests.support.page_cache import HOST, make_policy


def request(**changes):
    return {"REQUEST_METHOD": "GET", "HTTP_HOST": HOST, "wsgi.url_scheme": "http", **changes}


@pytest.mark.parametrize(
    ("changes", "is_for_everybody"),
    [
        ({}, True),
        ({"REQUEST_METHOD": "HEAD"}, True),
        ({"REQUEST_METHOD": "POST"}, False),
        ({"HTTP_HOST": "elsewhere.example"}, False),
        ({"HTTP_COOKIE": "theme=dark"}, True),
        ({"HTTP_COOKIE": "theme=dark; sessionid=one"}, False),
        ({"HTTP_COOKIE": "guest=one"}, False),
    ],
)
def test_a_request_without_a_session_is_for_everybody(changes, is_for_everybody):
    policy = make_policy(cookies=("sessionid", "guest"), is_https=False)

    assert policy.is_for_everybody(request(**changes)) is is_for_everybody


@pytest.mark.parametrize(
    ("trusts_proxy", "changes", "is_for_everybody"),
    [
        (False, {}, False),
        (False, {"wsgi.url_scheme": "https"}, True),
        (False, {"HTTP_X_FORWARDED_PROTO": "https"}, False),
        (True, {"HTTP_X_FORWARDED_PROTO": "https"}, True),
        (True, {"wsgi.url_scheme": "https"}, False),
    ],
)
def test_what_came_over_plain_http_is_redirected_by_django(trusts_proxy, changes, is_for_everybody):
    policy = make_policy(is_https=True, trusts_proxy=trusts_proxy)

    assert policy.is_for_everybody(request(**changes)) is is_for_everybody


@pytest.mark.parametrize(
    ("query", "is_declared", "is_shared"),
    [
        ("", True, True),
        ("page=2", True, True),
        ("page=02", True, False),
        ("page=2000", True, False),
        ("page=2&page=3", True, False),
        ("page=2&q=bus", True, False),
        ("page=2&utm_source=x", False, False),
        ("q=" + "x" * 298, True, False),
        ("q=" + "x" * 299, False, False),
        ("&".join(["q=x"] * 21), False, False),
    ],
)
def test_a_query_is_declared_where_pages_read_all_of_it(query, is_declared, is_shared):
    policy = make_policy(query_names={"page", "q"})

    assert (policy.is_declared(query), policy.is_shared(query)) == (is_declared, is_shared)
