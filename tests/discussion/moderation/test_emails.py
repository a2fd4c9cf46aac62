"""What all e-mail about discussions has in common: text and HTML, unsubscribing, links over numbers alone."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode

import pytest
from django.core import mail

from discussion.models import Frequency, State, Subscription
from discussion.moderation.actions import apply_action
from discussion.moderation.emails import notify_moderators
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
ACTIONS = {"approve", "keep", "remove", "mark_as_spam"}


@pytest.fixture
def emails():
    """One e-mail of each kind there is, each to a different person."""
    mo, post = make_moderator(email="mo@example.org"), make_post(title="Sharing a nurse")
    now = make_user(email="now@example.org")
    Subscription.objects.create(page=post, member=now, frequency=Frequency.NOW)
    Subscription.objects.create(page=post, address="daily@example.org", frequency=Frequency.DAILY)
    send_confirmation(make_guest_comment(on=post, email="new@example.org", state=State.UNCONFIRMED))
    notify_moderators(make_comment(on=post, state=State.WAITING))
    own = make_guest_comment(on=post, email="own@example.org", text="Call [me](https://example.org/x).")
    guest_links.send_link(own)
    guest_links.resend("own@example.org")
    dispatch.notify_pending()
    with in_hours(24.1):
        dispatch.send_digests()
    apply_action(make_guest_comment(on=post, email="gone@example.org"), "remove", by=mo, rule=2)
    return list(QueuedEmail.objects.order_by("pk"))


def payloads(email):
    """Return what the tokens in an e-mail were made of."""
    tokens = re.findall(r"/discussion/(?:\w+)/([\w-]+):[\w-]+:[\w-]+/", email.text + email.html)
    return [json.loads(urlsafe_b64decode(f"{token}===")) for token in tokens]


def test_there_is_an_email_of_each_kind(emails):
    assert {email.to.partition("@")[0] for email in emails} == {
        "mo", "now", "daily", "new", "own", "gone",
    }  # fmt: skip


def test_every_link_is_signed_over_numbers_alone(emails):
    for email in emails:
        results = payloads(email)
        assert results, email.subject
        for payload in results:
            parts = payload if isinstance(payload, list) else [payload]
            assert all(isinstance(part, int) or part in ACTIONS for part in parts), payload


def test_no_email_names_an_address(emails):
    for email in emails:
        for shown in (email.subject, email.text, email.html, str(email.headers), email.message_id):
            assert "@example.org" not in shown, email.subject


def test_whatever_nobody_has_to_get_comes_in_two_parts_with_a_way_out(emails):
    for email in emails:
        if email.to.startswith(("mo@", "now@", "daily@")):
            assert "Unsubscribe" in email.text
            assert "Unsubscribe" in email.html
            stop = email.headers["List-Unsubscribe"].strip("<>")
            assert stop in email.text
            assert f'href="{stop}"' in email.html
            assert email.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_both_parts_and_the_headers_leave_the_house(emails):
    email = next(one for one in emails if one.to == "now@example.org")
    QueuedEmail.objects.exclude(pk=email.pk).delete()

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

    dispatch.notify_pending()

    html = QueuedEmail.objects.get().html
    for payload in ("<script>alert", "<img src=x>", "<b>Bold</b>", 'href="javascript:'):
        assert payload not in html
