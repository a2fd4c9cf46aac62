"""E-mail handed to a provider's web service, by anymail's own backends, over HTTP."""

from __future__ import annotations

import json
import logging
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from mail import delivery
from mail.models import QueuedEmail
from tests.support.emails import ADA, enqueue_email, in_hours

pytestmark = pytest.mark.django_db
INACTIVE = {
    "ErrorCode": 406,
    "Message": "You tried to send to a recipient that has been marked as inactive.\n"
    f"Found inactive addresses: {ADA}.\nInactive recipients are ones that have generated a hard bounce.",
}
ACCEPTED = {"ErrorCode": 0, "Message": "OK", "MessageID": "b7bc2f4a-e38e-4336-af7d-e6c392c2f817", "To": ADA}
KEY = "0123-server-token"


class WebService(BaseHTTPRequestHandler):
    """What a provider runs: it takes e-mail, and responds with ``status`` and ``body``."""

    status, body = 200, ACCEPTED
    messages: list[dict] = []

    def do_POST(self):
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).messages.append({**message, "key": self.headers["X-Postmark-Server-Token"]})
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(json.dumps(self.body).encode())

    def log_message(self, *words):
        pass


@pytest.fixture
def provider(settings):
    """A provider of the test's own; ``provider.status`` and ``provider.body`` are what it says."""
    server = HTTPServer(("127.0.0.1", 0), WebService)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    backend = "anymail.backends.postmark.EmailBackend"
    if hasattr(settings, "MAILERS"):
        settings.MAILERS = {"default": {"BACKEND": backend}}
    else:
        settings.EMAIL_BACKEND = backend
    settings.ANYMAIL = {
        "POSTMARK_SERVER_TOKEN": KEY,
        "POSTMARK_API_URL": f"http://127.0.0.1:{server.server_port}/",
        "SEND_DEFAULTS": {"track_opens": False, "track_clicks": False},
    }
    settings.EMAIL_EXTRA_HEADERS = {"X-PM-KeepID": "true"}
    WebService.status, WebService.body, WebService.messages = 200, ACCEPTED, []
    yield WebService
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_email_goes_to_the_provider_with_both_parts_and_headers_and_is_not_tracked(provider):
    email = enqueue_email(
        html="<p>Somebody answered.</p>", headers={"List-Unsubscribe": "<http://127.0.0.1/stop/>"}
    )

    assert delivery.send_due() == 1

    (message,) = provider.messages
    headers = {header["Name"]: header["Value"] for header in message["Headers"]}
    assert (message["To"], message["Subject"], message["key"]) == (ADA, "A reply to you", KEY)
    assert (message["TextBody"], message["HtmlBody"]) == ("Somebody answered.", "<p>Somebody answered.</p>")
    assert (headers["Message-ID"], headers["X-PM-KeepID"]) == (email.message_id, "true")
    assert headers["List-Unsubscribe"] == "<http://127.0.0.1/stop/>"
    assert (message["TrackOpens"], message["TrackLinks"]) == (False, "None")
    assert QueuedEmail.objects.get().state == "sent"


def test_what_the_provider_refuses_for_good_is_not_retried(provider):
    provider.status, provider.body = 422, INACTIVE
    enqueue_email()

    assert delivery.send_due() == 0

    assert QueuedEmail.objects.get().state == "failed"
    assert QueuedEmail.objects.get().error == "AnymailRecipientsRefused"


@pytest.mark.parametrize(("status", "requests"), [(401, 3), (413, 3), (429, 1), (503, 1)])
def test_a_failing_provider_is_tried_once_a_run(provider, status, requests):
    provider.status, provider.body = status, {"ErrorCode": 10, "Message": f"No e-mail to {ADA}."}
    for _ in range(3):
        enqueue_email()

    delivery.send_due()

    assert len(provider.messages) == requests
    assert set(QueuedEmail.objects.values_list("state", flat=True)) == {"waiting"}
    provider.status, provider.body = 200, ACCEPTED
    with in_hours(1):
        assert delivery.send_due() == 3


def test_an_unavailable_provider_keeps_the_email_and_logs_no_address(provider, settings, caplog):
    settings.ANYMAIL = {**settings.ANYMAIL, "POSTMARK_API_URL": "http://127.0.0.1:9/"}
    enqueue_email()

    with caplog.at_level(logging.INFO):
        assert delivery.send_due() == 0

    assert QueuedEmail.objects.get().state == "waiting"
    assert "was not sent at attempt 1: AnymailRequestsAPIError" in caplog.text
    assert ADA not in caplog.text
