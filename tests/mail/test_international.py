"""Addresses with other letters are taken where the mail server takes them, else refused with the reason."""

from __future__ import annotations

import socketserver
import threading

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.test import Client

from discussion.models import Comment
from mail.international import EmailBackend
from tests.support.comments import comment_form_data, visible_text
from tests.support.factories import make_post
from tests.support.stand_in import PASSWORD

JOERG = "jörg@example.org"


class Handler(socketserver.StreamRequestHandler):
    """As much of SMTP as it takes to hand over an e-mail."""

    def handle(self):
        self.wfile.write(b"220 test\r\n")
        for raw in self.rfile:
            line = raw.decode().rstrip()
            command = line.upper()
            self.server.lines.append(line)
            if command.startswith("EHLO"):
                self.wfile.write(b"250-test\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n")
            elif command == "DATA":
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline() != b".\r\n":
                    pass
                self.wfile.write(b"250 ok\r\n")
            else:
                self.wfile.write(b"221 bye\r\n" if command == "QUIT" else b"250 ok\r\n")


@pytest.fixture
def server():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.lines = []
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()


@pytest.mark.parametrize("address", [JOERG, "用户@例子.公司", "jörg.müller+news@exämple.org"])
def test_a_name_beyond_ascii_is_refused_with_the_reason(address):
    letter = next(one for one in address if not one.isascii())

    with pytest.raises(
        ValidationError, match=f"can’t send e-mail to an address with “{letter}” before the @"
    ):
        validate_email(address)


@pytest.mark.parametrize("address", [JOERG, "用户@例子.公司", "jörg.müller+news@exämple.org"])
def test_it_is_taken_where_the_mail_server_takes_it(settings, address):
    settings.EMAIL_SMTPUTF8 = True

    validate_email(address)


@pytest.mark.parametrize(
    "address",
    ["jö rg@example.org", "ö@", ".ö@example.org", "jörg@-.org", "jörg", "jö\u200brg@example.org"],
)
def test_what_is_no_address_is_none_with_other_letters_either(settings, address):
    settings.EMAIL_SMTPUTF8 = True

    with pytest.raises(ValidationError, match="Enter a valid email address"):
        validate_email(address)


def test_a_domain_beyond_ascii_is_always_taken():
    assert forms.EmailField().clean("jorg@exämple.org") == "jorg@exämple.org"


@pytest.mark.django_db
def test_the_comment_form_and_the_sign_up_say_the_reason():
    data = comment_form_data(make_post(), name="Jörg", email=JOERG, comment="We share a nurse.")
    comment = Client().post("/discussion/post/", data)
    account = Client().post("/accounts/signup/", {"name": "Jörg", "email": JOERG, "password1": PASSWORD})

    for response in (comment, account):
        assert "with “ö” before the @" in visible_text(response)
        assert "valid email address" not in visible_text(response)
    assert not Comment.objects.exists()


@pytest.mark.django_db
def test_a_guest_with_such_an_address_comments_where_it_is_taken(settings):
    settings.EMAIL_SMTPUTF8 = True

    Client().post("/discussion/post/", comment_form_data(make_post(), name="Jörg", email=JOERG))

    assert Comment.objects.get().user_email == JOERG


def test_the_mail_server_is_given_the_address_as_it_is(server):
    backend = EmailBackend(host="127.0.0.1", port=server.server_address[1])
    message = EmailMessage("A nurse", "Words.", "site@example.org", ["jörg@exämple.org"], connection=backend)

    assert message.send() == 1

    assert "rcpt TO:<jörg@xn--exmple-cua.org>" in server.lines
    assert any(
        line.startswith("mail FROM:<site@example.org>") and "SMTPUTF8" in line.upper()
        for line in server.lines
    )


def test_another_address_is_sent_as_ever(server):
    backend = EmailBackend(host="127.0.0.1", port=server.server_address[1])

    EmailMessage("A nurse", "Words.", "site@example.org", ["ada@example.org"], connection=backend).send()

    assert "rcpt TO:<ada@example.org>" in server.lines
    assert not any("SMTPUTF8" in line.upper() for line in server.lines)
