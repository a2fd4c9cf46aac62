"""What every letter of the discussion has in common: two parts, a way out, and links over numbers alone."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode

import pytest
from django.core import mail

from discussion.models import Frequency, State, Subscription
from discussion.moderation.actions import act
from discussion.moderation.asking import ask_moderators
from discussion.notifications import dispatch
from discussion.posting import guest_links
from discussion.posting.guest_links import send_confirmation
from mail import delivery
from mail.models import QueuedEmail
from tests.support.comments import make_comment, make_guest_comment
from tests.support.emails import in_hours
from tests.support.factories import make_post, make_user
from tests.support.moderation import make_moderator

pytestmark = pytest.mark.django_db
WORDS = {"approve", "keep", "remove", "mark_as_spam"}


@pytest.fixture
def letters():
    """One letter of each kind there is, each to somebody of its own."""
    mo, post = make_moderator(email="mo@example.org"), make_post(title="Sharing a nurse")
    now = make_user(email="now@example.org")
    Subscription.objects.create(page=post, member=now, rhythm=Frequency.NOW)
    Subscription.objects.create(page=post, address="daily@example.org", rhythm=Frequency.DAILY)
    send_confirmation(make_guest_comment(on=post, email="new@example.org", state=State.UNCONFIRMED))
    ask_moderators(make_comment(on=post, state=State.WAITING))
    own = make_guest_comment(on=post, email="own@example.org", text="Call [me](https://example.org/x).")
    guest_links.send_link(own)
    guest_links.resend("own@example.org")
    dispatch.tell_waiting()
    with in_hours(24.1):
        dispatch.send_digests()
    act(make_guest_comment(on=post, email="gone@example.org"), "remove", by=mo, rule=2)
    return list(QueuedEmail.objects.order_by("pk"))


def payloads(letter):
    """Return what the tokens in a letter say."""
    tokens = re.findall(r"/discussion/(?:\w+)/([\w-]+):[\w-]+:[\w-]+/", letter.text + letter.html)
    return [json.loads(urlsafe_b64decode(f"{token}===")) for token in tokens]


def test_there_is_a_letter_of_each_kind(letters):
    assert {letter.to.partition("@")[0] for letter in letters} == {
        "mo", "now", "daily", "new", "own", "gone",
    }  # fmt: skip


def test_every_link_is_signed_over_numbers_alone(letters):
    for letter in letters:
        found = payloads(letter)
        assert found, letter.subject
        for payload in found:
            parts = payload if isinstance(payload, list) else [payload]
            assert all(isinstance(part, int) or part in WORDS for part in parts), payload


def test_no_letter_names_an_address(letters):
    for letter in letters:
        for shown in (letter.subject, letter.text, letter.html, str(letter.headers), letter.message_id):
            assert "@example.org" not in shown, letter.subject


def test_whatever_nobody_has_to_get_comes_in_two_parts_with_a_way_out(letters):
    for letter in letters:
        if letter.to.startswith(("mo@", "now@", "daily@")):
            assert "Stop writing to me" in letter.text
            assert "Stop writing to me" in letter.html
            stop = letter.headers["List-Unsubscribe"].strip("<>")
            assert stop in letter.text
            assert f'href="{stop}"' in letter.html
            assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_both_parts_and_the_headers_leave_the_house(letters):
    letter = next(one for one in letters if one.to == "now@example.org")
    QueuedEmail.objects.exclude(pk=letter.pk).delete()

    delivery.send_due()

    (sent,) = mail.outbox
    whole = sent.message()
    assert whole.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in whole.get_payload()] == ["text/plain", "text/html"]
    assert whole["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert whole["List-Unsubscribe"].startswith("<http://127.0.0.1:8000/discussion/stop/")


def test_what_somebody_typed_is_shown_in_html_as_inertly_as_on_the_page():
    post = make_post(title="<img src=x>")
    Subscription.objects.create(page=post, address="now@example.org", frequency=Frequency.NOW)
    make_guest_comment(on=post, name="<b>Bold</b>", text="<script>alert(1)</script> [x](javascript:alert(1))")

    dispatch.tell_waiting()

    html = QueuedEmail.objects.get().html
    for payload in ("<script>alert", "<img src=x>", "<b>Bold</b>", 'href="javascript:'):
        assert payload not in html
