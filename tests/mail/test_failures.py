"""A letter the mail server won't have is tried again, or kept with the reason why not."""

from __future__ import annotations

import logging
import smtplib
from datetime import timedelta
from io import StringIO

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command

from mail import delivery
from mail.models import PAUSES, Letter
from tests.support.emails import ADA, in_hours, write

pytestmark = pytest.mark.django_db


class Unwilling(EmailBackend):
    """A mail server that answers with whatever ``says`` holds."""

    says: Exception | None = None
    asked = 0

    def send_messages(self, messages):
        type(self).asked += 1
        if self.says:
            raise self.says
        return super().send_messages(messages)


@pytest.fixture
def server(settings):
    """A mail server of the test's own; ``server.says`` is what it answers."""
    backend = f"{__name__}.Unwilling"
    if hasattr(settings, "MAILERS"):
        settings.MAILERS = {"default": {"BACKEND": backend}}
    else:
        settings.EMAIL_BACKEND = backend
    Unwilling.says, Unwilling.asked = None, 0
    return Unwilling


def test_pauses_grow_and_end():
    assert sorted(PAUSES) == PAUSES
    assert timedelta(days=2) < sum(PAUSES, timedelta()) < timedelta(days=5)


def test_a_letter_the_server_puts_off_is_tried_again_after_growing_pauses(server):
    letter = write()
    server.says = smtplib.SMTPRecipientsRefused({ADA: (451, b"try later")})

    delivery.send_waiting()
    assert delivery.send_waiting() == 0
    assert server.asked == 1

    server.says = None
    with in_hours(1):
        assert delivery.send_waiting() == 1
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.problem) == (Letter.State.SENT, 2, "")


def test_a_letter_is_given_up_after_its_last_try_and_kept(server):
    letter = write()
    server.says = smtplib.SMTPServerDisconnected("gone")

    for day in range(len(PAUSES) + 5):
        with in_hours(25 * day):
            delivery.send_waiting()

    letter.refresh_from_db()
    assert letter.state == Letter.State.FAILED
    assert letter.tries == server.asked == len(PAUSES) + 1
    assert letter.problem == "SMTPServerDisconnected"


def test_a_recipient_refused_for_good_is_not_tried_again(server):
    letter = write()
    server.says = smtplib.SMTPRecipientsRefused({ADA: (550, b"no such mailbox ada@example.org")})

    delivery.send_waiting()

    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (Letter.State.FAILED, 1)
    assert letter.problem == "SMTPRecipientsRefused 550"


@pytest.mark.parametrize(
    "answer",
    [
        smtplib.SMTPAuthenticationError(535, b"wrong password"),
        smtplib.SMTPSenderRefused(550, b"who are you", "colloquy@127.0.0.1"),
        ValueError("a backend's own fault"),
    ],
)
def test_what_is_our_own_fault_can_be_mended_and_tried_again(server, answer):
    letter = write()
    server.says = answer

    delivery.send_waiting()

    letter.refresh_from_db()
    assert letter.state == Letter.State.WAITING


def test_a_dead_server_is_asked_once_a_round(server):
    for _ in range(3):
        write()
    server.says = ConnectionRefusedError()

    delivery.send_waiting()

    assert server.asked == 1


def test_one_bad_letter_does_not_hold_up_the_others(server):
    for _ in range(3):
        write()
    server.says = smtplib.SMTPDataError(554, b"looks like spam")

    delivery.send_waiting()

    assert server.asked == 3


def test_no_address_is_ever_logged(server, caplog):
    write(), write()
    server.says = smtplib.SMTPRecipientsRefused({ADA: (550, b"<ada@example.org>: unknown")})

    with caplog.at_level(logging.DEBUG):
        delivery.send_waiting()

    assert "SMTPRecipientsRefused 550" in caplog.text
    assert ADA not in caplog.text
    assert ADA not in str(Letter.objects.first())


def test_letters_are_forgotten_when_their_time_is_over(server):
    delivery.send(write())
    server.says = smtplib.SMTPRecipientsRefused({ADA: (550, b"")})
    delivery.send(write())
    waiting = write()

    with in_hours(24 * 29):
        assert delivery.forget_old() == 0
    with in_hours(24 * 31):
        assert delivery.forget_old() == 1
    with in_hours(24 * 91):
        assert delivery.forget_old() == 1
    assert list(Letter.objects.all()) == [waiting]


def test_failed_letters_are_counted_and_can_be_tried_again(server):
    server.says = smtplib.SMTPRecipientsRefused({ADA: (550, b"")})
    delivery.send(write())
    out = StringIO()

    call_command("mail_queue", stdout=out)
    call_command("mail_queue", "--try-again", stdout=out)

    assert "SMTPRecipientsRefused 550" in out.getvalue()
    assert ADA not in out.getvalue()
    server.says = None
    assert delivery.send_waiting() == 1
