"""A letter once written is sent, and sent once."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.core import mail
from django.db import transaction

from mail import delivery, queue
from mail.models import Letter, Suppressed
from tests.support.emails import ADA, in_hours, write

pytestmark = pytest.mark.django_db


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

    assert delivery.send_waiting() == 1

    letter.refresh_from_db()
    assert letter.state == Letter.State.SENT
    assert delivery.send_waiting() == 0
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

    delivery.send_waiting()

    letter.refresh_from_db()
    assert letter.state == Letter.State.FAILED
    assert mail.outbox == []


def test_a_letter_in_one_workers_hands_is_not_taken_by_another():
    first = write()
    second = Letter.objects.get(pk=first.pk)

    assert first.claim()
    assert not second.claim()
    assert delivery.send_waiting() == 0


def test_a_letter_whose_worker_died_is_taken_over_with_the_same_message_id():
    letter = write()
    assert letter.claim()

    with in_hours(1):
        assert delivery.send_waiting() == 1

    assert mail.outbox[0].extra_headers["Message-ID"] == letter.message_id


def test_a_worker_that_comes_back_late_does_not_undo_what_another_did():
    late = write()
    late.claim()
    with in_hours(1):
        delivery.send_waiting()

        late.was_refused("too late", for_good=True)

    late.refresh_from_db()
    assert late.state == Letter.State.SENT


def test_every_letter_to_one_person_can_be_forgotten_at_once():
    write(), write("bea@example.org")

    assert queue.forget("ADA@example.org") == 1
    assert Letter.objects.get().to == "bea@example.org"
