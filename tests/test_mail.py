"""A letter once written is sent, once, or kept with the reason why not."""

from __future__ import annotations

import logging
import smtplib
from contextlib import suppress
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from mail import outbox, sending
from mail.models import PAUSES, Letter, Suppressed

pytestmark = pytest.mark.django_db
ADA = "ada@example.org"


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


def write(to: str = ADA, **parts) -> Letter | None:
    """Write a letter whose transaction hasn't committed yet."""
    return outbox.post(to=to, **{"subject": "A reply to you", "text": "Somebody answered.", **parts})


def in_hours(hours: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False)


def test_a_letter_leaves_when_its_transaction_commits(kept):
    with kept():
        letter = write(
            html="<p>Somebody answered.</p>", headers={"List-Unsubscribe": "<https://x.test/stop>"}
        )
        assert mail.outbox == []

    [sent] = mail.outbox
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (Letter.State.SENT, 1)
    assert (sent.to, sent.subject, sent.body) == ([ADA], "A reply to you", "Somebody answered.")
    assert sent.alternatives[0][0] == "<p>Somebody answered.</p>"
    assert sent.extra_headers["Message-ID"] == letter.message_id
    assert sent.message()["List-Unsubscribe"] == "<https://x.test/stop>"
    assert sent.message()["Auto-Submitted"] == "auto-generated"


def test_a_letter_of_a_transaction_that_fails_was_never_written(kept):
    with kept(), suppress(RuntimeError), transaction.atomic():
        write()
        raise RuntimeError

    assert mail.outbox == []
    assert not Letter.objects.exists()


def test_a_letter_whose_process_ended_after_the_commit_is_sent_by_the_sweep():
    letter = write()  # the test never commits, so nobody is told

    assert sending.send_waiting() == 1

    letter.refresh_from_db()
    assert letter.state == Letter.State.SENT
    assert sending.send_waiting() == 0
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": "Hello\r\nBcc: all@example.org"},
        {"subject": "Hello\nthere"},
        {"to": "ada@example.org\r\nBcc: all@example.org"},
        {"to": "ada@example.org, bea@example.org"},
        {"to": "Ada <ada@example.org>"},
        {"to": ""},
        {"headers": {"X-A": "b\r\nBcc: all@example.org"}},
        {"headers": {"X A:": "b"}},
    ],
)
def test_a_letter_to_several_people_or_with_smuggled_headers_is_not_written(wrong):
    with pytest.raises(ValueError) as refusal:
        write(**wrong)

    assert "example.org" not in str(refusal.value)
    assert not Letter.objects.exists()


def test_a_subject_is_one_line_of_text_whatever_was_pasted_into_it():
    assert write(subject="Sharing\u2028a\x0bnurse\0").subject == "Sharing a nurse"


def test_the_same_letter_is_not_written_twice(kept):
    with kept():
        first = write(key="reply-7-ada")
        second = write(key="reply-7-ada")
        write(), write()

    assert first == second
    assert len(mail.outbox) == 3


def test_a_suppressed_address_gets_no_letter(kept):
    Suppressed.objects.suppress("Ada@Example.org", Suppressed.Reason.BOUNCED)

    with kept():
        assert write() is None

    assert mail.outbox == []
    Suppressed.objects.allow(ADA)
    assert write() is not None


def test_a_letter_waiting_for_an_address_that_is_suppressed_meanwhile_stays():
    letter = write()
    Suppressed.objects.suppress(ADA, Suppressed.Reason.COMPLAINED)

    sending.send_waiting()

    letter.refresh_from_db()
    assert letter.state == Letter.State.FAILED
    assert mail.outbox == []


def test_a_letter_the_server_puts_off_is_tried_again_after_growing_pauses(server):
    letter = write()
    server.says = smtplib.SMTPRecipientsRefused({ADA: (451, b"try later")})

    sending.send_waiting()
    assert sending.send_waiting() == 0
    assert server.asked == 1

    server.says = None
    with in_hours(1):
        assert sending.send_waiting() == 1
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.problem) == (Letter.State.SENT, 2, "")


def test_pauses_grow_and_end():
    assert sorted(PAUSES) == PAUSES
    assert timedelta(days=2) < sum(PAUSES, timedelta()) < timedelta(days=5)


def test_a_letter_is_given_up_after_its_last_try_and_kept(server):
    letter = write()
    server.says = smtplib.SMTPServerDisconnected("gone")

    for day in range(len(PAUSES) + 5):
        with in_hours(25 * day):
            sending.send_waiting()

    letter.refresh_from_db()
    assert letter.state == Letter.State.FAILED
    assert letter.tries == server.asked == len(PAUSES) + 1
    assert letter.problem == "SMTPServerDisconnected"


def test_a_recipient_refused_for_good_is_not_tried_again(server):
    letter = write()
    server.says = smtplib.SMTPRecipientsRefused({ADA: (550, b"no such mailbox ada@example.org")})

    sending.send_waiting()

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

    sending.send_waiting()

    letter.refresh_from_db()
    assert letter.state == Letter.State.WAITING


def test_a_dead_server_is_asked_once_a_round(server):
    for _ in range(3):
        write()
    server.says = ConnectionRefusedError()

    sending.send_waiting()

    assert server.asked == 1


def test_one_bad_letter_does_not_hold_up_the_others(server):
    for _ in range(3):
        write()
    server.says = smtplib.SMTPDataError(554, b"looks like spam")

    sending.send_waiting()

    assert server.asked == 3


def test_no_address_is_ever_logged(server, caplog):
    write(), write()
    server.says = smtplib.SMTPRecipientsRefused({ADA: (550, b"<ada@example.org>: unknown")})

    with caplog.at_level(logging.DEBUG):
        sending.send_waiting()

    assert "SMTPRecipientsRefused 550" in caplog.text
    assert ADA not in caplog.text
    assert ADA not in str(Letter.objects.first())


def test_a_letter_in_one_workers_hands_is_not_taken_by_another():
    first = write()
    second = Letter.objects.get(pk=first.pk)

    assert first.claim()
    assert not second.claim()
    assert sending.send_waiting() == 0


def test_a_letter_whose_worker_died_is_taken_over_with_the_same_message_id():
    letter = write()
    assert letter.claim()

    with in_hours(1):
        assert sending.send_waiting() == 1

    assert mail.outbox[0].extra_headers["Message-ID"] == letter.message_id


def test_a_worker_that_comes_back_late_does_not_undo_what_another_did():
    late = write()
    late.claim()
    with in_hours(1):
        sending.send_waiting()

        late.was_refused("too late", for_good=True)

    late.refresh_from_db()
    assert late.state == Letter.State.SENT


def test_letters_are_forgotten_when_their_time_is_over(server):
    sending.send(write())
    server.says = smtplib.SMTPRecipientsRefused({ADA: (550, b"")})
    sending.send(write())
    waiting = write()

    with in_hours(24 * 29):
        assert sending.forget_old() == 0
    with in_hours(24 * 31):
        assert sending.forget_old() == 1
    with in_hours(24 * 91):
        assert sending.forget_old() == 1
    assert list(Letter.objects.all()) == [waiting]


def test_every_letter_to_one_person_can_be_forgotten_at_once():
    write(), write("bea@example.org")

    assert outbox.forget("ADA@example.org") == 1
    assert Letter.objects.get().to == "bea@example.org"


def test_failed_letters_are_counted_and_can_be_tried_again(server):
    server.says = smtplib.SMTPRecipientsRefused({ADA: (550, b"")})
    sending.send(write())
    out = StringIO()

    call_command("letters", stdout=out)
    call_command("letters", "--try-again", stdout=out)

    assert "SMTPRecipientsRefused 550" in out.getvalue()
    assert ADA not in out.getvalue()
    server.says = None
    assert sending.send_waiting() == 1
