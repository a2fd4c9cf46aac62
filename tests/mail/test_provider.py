"""Letters handed to a provider's web service, by anymail's own backends, over HTTP."""

from __future__ import annotations

import json
import logging
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from mail import delivery
from mail.models import Letter
from tests.config.test_settings import REAL, refusal, setting
from tests.support.emails import ADA, in_hours, write

pytestmark = pytest.mark.django_db
INACTIVE = {
    "ErrorCode": 406,
    "Message": "You tried to send to a recipient that has been marked as inactive.\n"
    f"Found inactive addresses: {ADA}.\nInactive recipients are ones that have generated a hard bounce.",
}
TAKEN = {"ErrorCode": 0, "Message": "OK", "MessageID": "b7bc2f4a-e38e-4336-af7d-e6c392c2f817", "To": ADA}
KEY = "0123-server-token"


class WebService(BaseHTTPRequestHandler):
    """What a provider runs: it takes letters, and answers with whatever ``answers`` holds."""

    status, answer = 200, TAKEN
    taken: list[dict] = []

    def do_POST(self):
        letter = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).taken.append({**letter, "key": self.headers["X-Postmark-Server-Token"]})
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(json.dumps(self.answer).encode())

    def log_message(self, *words):
        pass


@pytest.fixture
def provider(settings):
    """A provider of the test's own; ``provider.status`` and ``provider.answer`` are what it says."""
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
    settings.LETTER_HEADERS = {"X-PM-KeepID": "true"}
    WebService.status, WebService.answer, WebService.taken = 200, TAKEN, []
    yield WebService
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_letter_goes_to_the_provider_with_both_parts_and_headers_and_is_not_tracked(provider):
    letter = write(html="<p>Somebody answered.</p>", headers={"List-Unsubscribe": "<http://127.0.0.1/stop/>"})

    assert delivery.send_waiting() == 1

    (taken,) = provider.taken
    headers = {header["Name"]: header["Value"] for header in taken["Headers"]}
    assert (taken["To"], taken["Subject"], taken["key"]) == (ADA, "A reply to you", KEY)
    assert (taken["TextBody"], taken["HtmlBody"]) == ("Somebody answered.", "<p>Somebody answered.</p>")
    assert (headers["Message-ID"], headers["X-PM-KeepID"]) == (letter.message_id, "true")
    assert headers["List-Unsubscribe"] == "<http://127.0.0.1/stop/>"
    assert (taken["TrackOpens"], taken["TrackLinks"]) == (False, "None")
    assert Letter.objects.get().state == "sent"


def test_what_the_provider_refuses_for_good_is_not_tried_again(provider):
    provider.status, provider.answer = 422, INACTIVE
    write()

    assert delivery.send_waiting() == 0

    assert Letter.objects.get().state == "failed"
    assert Letter.objects.get().problem == "AnymailRecipientsRefused"


@pytest.mark.parametrize(("status", "asked"), [(401, 3), (413, 3), (429, 1), (503, 1)])
def test_a_provider_that_is_not_itself_is_asked_once_a_round(provider, status, asked):
    provider.status, provider.answer = status, {"ErrorCode": 10, "Message": f"No letter to {ADA}."}
    for _ in range(3):
        write()

    delivery.send_waiting()

    assert len(provider.taken) == asked
    assert set(Letter.objects.values_list("state", flat=True)) == {"waiting"}
    provider.status, provider.answer = 200, TAKEN
    with in_hours(1):
        assert delivery.send_waiting() == 3


def test_a_provider_out_of_reach_keeps_the_letter_and_logs_no_address(provider, settings, caplog):
    settings.ANYMAIL = {**settings.ANYMAIL, "POSTMARK_API_URL": "http://127.0.0.1:9/"}
    write()

    with caplog.at_level(logging.INFO):
        assert delivery.send_waiting() == 0

    assert Letter.objects.get().state == "waiting"
    assert "was not sent at try 1: AnymailRequestsAPIError" in caplog.text
    assert ADA not in caplog.text


def chosen(expression, tmp_path, **variables):
    return setting(expression, **REAL | {"DATA_DIR": str(tmp_path)} | variables)


def test_a_provider_is_chosen_by_the_address_that_letters_go_to(tmp_path):
    named = "getattr(settings, 'MAILERS', None) or settings.EMAIL_BACKEND, settings.ANYMAIL"

    postmark = chosen(named, tmp_path, EMAIL_URL="postmark://a%2Fb@outbound")
    mailgun = chosen(named, tmp_path, EMAIL_URL="mailgun://key-1@mg.example.org?region=eu")

    assert "anymail.backends.postmark.EmailBackend" in postmark
    assert "'POSTMARK_SERVER_TOKEN': 'a/b', 'POSTMARK_MESSAGE_STREAM': 'outbound'" in postmark
    assert "anymail.backends.mailgun.EmailBackend" in mailgun
    assert "'MAILGUN_SENDER_DOMAIN': 'mg.example.org'" in mailgun
    assert "api.eu.mailgun.net" in mailgun


def test_anymail_is_there_where_it_is_configured(tmp_path):
    here = "('anymail' in settings.INSTALLED_APPS, settings.MAIL_EVENTS)"

    assert chosen(here, tmp_path) == "(False, '')"
    assert chosen(here, tmp_path, EMAIL_URL="postmark://key@outbound") == "(True, '')"
    assert chosen(here, tmp_path, MAIL_EVENTS="mailgun", MAIL_EVENTS_SECRET="x" * 20) == "(True, 'mailgun')"


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"MAIL_EVENTS": "postmark"}, "MAIL_EVENTS_SECRET"),
        ({"MAIL_EVENTS": "mailgun", "MAIL_EVENTS_SECRET": "short"}, "MAIL_EVENTS_SECRET"),
        ({"MAIL_EVENTS": "postmark", "MAIL_EVENTS_SECRET": "x" * 20}, "name:password"),
        ({"MAIL_EVENTS": "pigeon"}, "MAIL_EVENTS is 'pigeon'"),
        ({"EMAIL_URL": "postmark://outbound"}, "EMAIL_URL lacks the key"),
    ],
)
def test_half_a_configuration_stops_the_start(tmp_path, variables, words):
    said = refusal(**REAL | {"DATA_DIR": str(tmp_path)} | variables)

    assert words in said
    assert "x" * 20 not in said
