"""What a log must not hold: tokens of links, passwords, e-mail addresses."""

from __future__ import annotations

import logging
import time

import pytest
from django.core import signing
from django.test import Client

from config.logging import MAX_LENGTH, RedactingFormatter, redact
from config.settings import LOGGING

TOKEN = signing.dumps([1, "x"], salt="discussion")
PACKED = signing.dumps({"a": "b" * 200}, salt="x", compress=True)


@pytest.mark.parametrize(
    "token", [TOKEN, PACKED, TOKEN.replace(":", "%3A")], ids=["plain", "packed", "quoted"]
)
@pytest.mark.parametrize(
    "address", ["/discussion/stop/{}/", "/papers/copies/{}/", "/discussion/yours/{}/edit/?a=1"]
)
def test_a_signed_link_is_logged_without_its_token(address, token):
    line = redact(f"Forbidden (Origin checking failed): {address.format(token)}")

    assert token not in line
    assert token.rpartition(":")[2] not in line
    assert "/[token]/" in line
    assert line.startswith("Forbidden (Origin checking failed): /")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "/accounts/password/reset/key/3-cx1abc-8f0e/ failed",
            "/accounts/password/reset/key/[token]/ failed",
        ),
        ("GET /callback/?code=4%2FabC&state=x9", "GET /callback/?code=[token]&state=[token]"),
        ("smtp://colloquy:hunter2@mail.example.org:25", "smtp://colloquy:[password]@mail.example.org:25"),
        ("To: Ada <ada.plover+x@example.org>, b@c.de", "To: Ada <[e-mail]>, [e-mail]"),
        ("jörg@münchen.example", "[e-mail]"),
        ("12:30:15 nothing to hide @ home", "12:30:15 nothing to hide @ home"),
    ],
)
def test_what_is_secret_is_replaced_and_the_rest_stays(text, expected):
    assert redact(text) == expected


def test_a_traceback_is_redacted_too():
    try:
        raise ValueError("No mailbox ada@example.org")
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "failed", (), (type(error), error, None))

    line = RedactingFormatter("{message}", style="{").format(record)

    assert line.endswith("ValueError: No mailbox [e-mail]")


def test_every_handler_redacts():
    formatters = {handler["formatter"] for handler in LOGGING["handlers"].values()}

    assert {LOGGING["formatters"][name]["()"] for name in formatters} == {"config.logging.RedactingFormatter"}


@pytest.mark.parametrize("unit", ["a", "a:", "a@", "a.", "?code=", "://", ":aaaaaa", "-", " ", "a@a."])
def test_long_entries_take_no_time(unit):
    begun = time.process_time()
    redact((unit * MAX_LENGTH)[:MAX_LENGTH])

    assert time.process_time() - begun < 0.2


def test_a_failed_post_to_a_link_is_logged_without_its_token(client, db, caplog):
    caplog.set_level(logging.DEBUG)
    client.post(f"/discussion/stop/{TOKEN}/", headers={"origin": "https://elsewhere.example"})
    Client(enforce_csrf_checks=True).post(f"/accounts/password/reset/key/1-{TOKEN}/")

    formatter = RedactingFormatter("{message}", style="{")
    lines = [formatter.format(record) for record in caplog.records]

    assert not [line for line in lines if TOKEN in line]


def test_the_time_of_an_entry_is_utc():
    record = logging.makeLogRecord({"msg": "Hello", "created": 1_238_000_000.25, "msecs": 250.0})

    line = RedactingFormatter("{asctime} {message}", style="{").format(record)

    assert line == "2009-03-25T16:53:20.250Z Hello"
