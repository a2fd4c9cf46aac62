"""What reaches Django at all."""

from __future__ import annotations

import gc
from io import BytesIO

import pytest

from config.wsgi import application

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


def status_of(content_type: str, method: str = "POST") -> str:
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": "/healthz", "QUERY_STRING": "a=1",
        "CONTENT_TYPE": content_type,
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.input": BytesIO(), "wsgi.url_scheme": "http",
    }  # fmt: skip
    answers: list[str] = []
    b"".join(application(environ, lambda status, headers: answers.append(status)))
    return answers[0]


@pytest.mark.parametrize(
    "charset",
    [
        "hex", "idna", "undefined", "punycode", "base64", "zip", "rot13", "utf-7", "utf-16", "latin-1", "no",
        "x" * 5000, '"', "utf-8\0",
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["POST", "GET"])
def test_another_charset_than_utf_8_is_not_supported(charset, method):
    assert status_of(f"{FORM}; charset={charset}", method).startswith("415 ")


@pytest.mark.parametrize(
    "suffix", ["", "; charset=utf-8", "; charset=UTF-8", '; charset="utf-8"', "; boundary=x"]
)
def test_utf_8_said_or_unsaid_reaches_django(suffix):
    assert status_of(FORM + suffix, "GET").startswith("200 ")


def test_the_garbage_collector_passes_over_what_is_loaded():
    assert gc.get_freeze_count() > 100_000
