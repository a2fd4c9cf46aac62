"""A provider reports bounces and complaints: the real views of anymail, with what providers really send."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from base64 import b64encode
from http import HTTPStatus

import pytest
from django.test import Client

from mail import queue
from tests.support.emails import ADA, suppressed

pytestmark = pytest.mark.django_db
WEBHOOK = "/mail/events/"
NAME_AND_PASSWORD = "postmark:a-long-and-secret-word"
KEY = "key-of-the-webhook-0123456789"


@pytest.fixture
def postmark(settings):
    settings.MAIL_WEBHOOK_PROVIDER, settings.ANYMAIL = "postmark", {"WEBHOOK_SECRET": NAME_AND_PASSWORD}


@pytest.fixture
def mailgun(settings):
    settings.MAIL_WEBHOOK_PROVIDER, settings.ANYMAIL = "mailgun", {"MAILGUN_WEBHOOK_SIGNING_KEY": KEY}


def bounce(kind, **fields):
    """Return what Postmark posts for a bounce."""
    return {
        "RecordType": "Bounce", "ID": 42, "Type": kind, "TypeCode": 1, "Name": "Hard bounce", "Tag": "",
        "MessageID": "00000000-0000-0000-0000-000000000000", "ServerID": 1234, "MessageStream": "outbound",
        "Description": "The server was unable to deliver your message.", "Details": "action: failed",
        "Email": "Ada@Example.org", "From": "colloquy@example.org", "BouncedAt": "2026-11-05T16:33:54Z",
        "DumpAvailable": True, "Inactive": True, "CanActivate": True, "Subject": "A reply to you",
        "Metadata": {}, **fields,
    }  # fmt: skip


def suppression(why):
    """Return what Postmark posts when it stops, or begins again, writing to an address by itself."""
    return {
        "RecordType": "SubscriptionChange", "MessageID": "00000000-0000-0000-0000-000000000000",
        "ServerID": 1234, "MessageStream": "outbound", "ChangedAt": "2026-11-05T16:33:54Z",
        "Recipient": ADA, "Origin": "Recipient", "SuppressSending": why is not None,
        "SuppressionReason": why, "Tag": "", "Metadata": {},
    }  # fmt: skip


def post_as_postmark(client, event, *, secret=NAME_AND_PASSWORD):
    shown = {"Authorization": f"Basic {b64encode(secret.encode()).decode()}"} if secret else {}
    return client.post(WEBHOOK, json.dumps(event), content_type="application/json", headers=shown)


def post_as_mailgun(client, *, key=KEY, token="a" * 50, **event):
    timestamp = "1762360434"
    signature = hmac.new(key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    payload = {
        "signature": {"timestamp": timestamp, "token": token, "signature": signature},
        "event-data": {
            "event": "failed", "severity": "permanent", "reason": "bounce", "recipient": ADA,
            "timestamp": 1762360434.3, "id": "G9Bn5sl1TC6nu79C8C0bwg", "log-level": "error", "tags": [],
            "delivery-status": {"code": 550, "message": "5.1.1 No such user", "description": ""},
            "message": {"headers": {"message-id": "one@example.org", "to": ADA}}, "user-variables": {},
            **event,
        },
    }  # fmt: skip
    return client.post(WEBHOOK, json.dumps(payload), content_type="application/json")


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (bounce("HardBounce"), "bounced"),
        (bounce("BadEmailAddress"), "bounced"),
        (bounce("SpamNotification"), "complained"),
        (bounce("SpamComplaint", RecordType="SpamComplaint"), "complained"),
        (bounce("Unsubscribe"), "asked"),
        (suppression("HardBounce"), "bounced"),
        (suppression("SpamComplaint"), "complained"),
        (suppression("ManualSuppression"), "asked"),
    ],
)
def test_an_address_that_bounces_or_complains_is_suppressed(client, postmark, event, reason):
    response = post_as_postmark(client, event)

    assert response.status_code == HTTPStatus.OK
    assert suppressed() == {ADA: reason}
    assert queue.enqueue(to=ADA, subject="A reply to you", text="Somebody answered.") is None


@pytest.mark.parametrize(
    "event",
    [
        bounce("SoftBounce"),
        bounce("Transient"),
        bounce("AutoResponder"),
        bounce("VirusNotification"),
        bounce("DMARCPolicy"),
        bounce("Blocked"),
        suppression(None),
        bounce("HardBounce", Email="nobody"),
        bounce("HardBounce", Email=None),
        bounce("HardBounce", Email="ada\x00@example.org"),
        {"RecordType": "Delivery", "Recipient": ADA, "DeliveredAt": "2026-11-05T16:33:54Z"},
        {"RecordType": "Subscribed to the moon"},
    ],
)
def test_what_passes_or_may_be_our_own_fault_stops_nothing(client, postmark, event):
    assert post_as_postmark(client, event).status_code == HTTPStatus.OK
    assert suppressed() == {}


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ({}, "bounced"),
        ({"reason": "suppress-bounce"}, "bounced"),
        ({"event": "complained"}, "complained"),
        ({"event": "unsubscribed"}, "asked"),
        ({"severity": "temporary", "reason": "generic"}, None),
        ({"reason": "old"}, None),
        ({"event": "rejected", "reason": None, "reject": {"reason": "Too many e-mails"}}, None),
        ({"event": "delivered"}, None),
    ],
)
def test_a_provider_that_signs_is_accepted_too(client, mailgun, event, reason):
    response = post_as_mailgun(client, **event)

    assert response.status_code == HTTPStatus.OK
    assert suppressed() == ({ADA: reason} if reason else {})


@pytest.mark.parametrize("secret", ["postmark:another-secret-word", "", "postmark:", "ä:ö"])
def test_a_wrong_secret_is_refused(client, postmark, secret):
    response = post_as_postmark(client, bounce("HardBounce"), secret=secret)

    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert suppressed() == {}


def test_a_wrong_signature_is_refused(client, mailgun):
    assert post_as_mailgun(client, key="another-key").status_code == HTTPStatus.BAD_REQUEST
    assert suppressed() == {}


@pytest.mark.parametrize("body", ["", "[]", "{", "[1]", '"x"', "null", '{"signature": "1', "\x00\xff"])
@pytest.mark.parametrize("provider", ["postmark", "mailgun"])
def test_nonsense_is_refused_and_breaks_nothing(client, request, provider, body):
    request.getfixturevalue(provider)
    shown = {"Authorization": f"Basic {b64encode(NAME_AND_PASSWORD.encode()).decode()}"}

    response = client.post(WEBHOOK, body, content_type="application/json", headers=shown)

    assert response.status_code == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize(
    "signature",
    [1, {"timestamp": "1", "token": "ä", "signature": "x"}, {"timestamp": 1, "token": [], "signature": 2}],
)
def test_an_odd_signature_is_refused_and_breaks_nothing(client, mailgun, signature):
    payload = json.dumps({"signature": signature})

    response = client.post(WEBHOOK, payload, content_type="application/json")

    assert response.status_code == HTTPStatus.BAD_REQUEST


def test_a_provider_is_accepted_where_one_is_configured_and_by_post_alone(client, settings, postmark):
    by_get = client.get(WEBHOOK).status_code
    settings.MAIL_WEBHOOK_PROVIDER = ""
    unconfigured = post_as_postmark(client, bounce("HardBounce")).status_code

    assert by_get == HTTPStatus.METHOD_NOT_ALLOWED
    assert unconfigured == HTTPStatus.NOT_FOUND
    assert suppressed() == {}


def test_the_provider_needs_no_token_of_a_browsers(postmark):
    post_as_postmark(Client(enforce_csrf_checks=True), bounce("HardBounce"))

    assert suppressed() == {ADA: "bounced"}


def test_the_first_reason_stands_however_often_events_come(client, postmark):
    for kind in ("HardBounce", "SpamComplaint", "HardBounce"):
        post_as_postmark(client, bounce(kind))

    assert suppressed() == {ADA: "bounced"}


def test_no_address_and_no_secret_is_logged(client, postmark, caplog):
    with caplog.at_level(logging.DEBUG):
        post_as_postmark(client, bounce("HardBounce"))
        post_as_postmark(client, bounce("HardBounce"), secret="postmark:another-secret-word")
        post_as_postmark(client, {"RecordType": "Bounce", "Type": [ADA]})

    assert "now suppressed: bounced" in caplog.text
    assert "Unreadable" in caplog.text
    assert ADA not in caplog.text.lower()
    assert "secret-word" not in caplog.text
