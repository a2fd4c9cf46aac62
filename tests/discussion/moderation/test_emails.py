"""What all e-mail about discussions has in common: text and HTML, unsubscribing, links over numbers alone."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from http import HTTPStatus

import pytest
from django.core import mail
from django.test import Client

from discussion.models import Frequency, NotificationPreferences, PendingNotification, State, Subscription
from discussion.moderation import emails
from discussion.moderation.actions import apply_action
from discussion.moderation.emails import notify_moderators
from discussion.notifications import dispatch
from discussion.posting import guest_links
from discussion.posting.guest_links import send_confirmation
from mail import delivery
from mail.models import QueuedEmail
from tests.support.comments import make_comment, make_guest_comment, visible_text
from tests.support.emails import in_hours
from tests.support.factories import make_post, make_user
from tests.support.moderation import (
    PREFERENCES,
    emails_to,
    make_moderator,
    make_preferences,
    make_waiting,
    paths_in,
    preference_paths,
)

pytestmark = pytest.mark.django_db
ACTIONS = {"approve", "keep", "remove", "mark_as_spam"}


@pytest.fixture
def one_of_each():
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


def test_there_is_an_email_of_each_kind(one_of_each):
    assert {email.to.partition("@")[0] for email in one_of_each} == {
        "mo", "now", "daily", "new", "own", "gone",
    }  # fmt: skip


def test_every_link_is_signed_over_numbers_alone(one_of_each):
    for email in one_of_each:
        results = payloads(email)
        assert results, email.subject
        for payload in results:
            parts = payload if isinstance(payload, list) else [payload]
            assert all(isinstance(part, int) or part in ACTIONS for part in parts), payload


def test_no_email_names_an_address(one_of_each):
    for email in one_of_each:
        for shown in (email.subject, email.text, email.html, str(email.headers), email.message_id):
            assert "@example.org" not in shown, email.subject


def test_whatever_nobody_has_to_get_comes_in_two_parts_with_a_way_out(one_of_each):
    for email in one_of_each:
        if email.to.startswith(("mo@", "now@", "daily@")):
            assert "Unsubscribe" in email.text
            assert "Unsubscribe" in email.html
            stop = email.headers["List-Unsubscribe"].strip("<>")
            assert stop in email.text
            assert f'href="{stop}"' in email.html
            assert email.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_both_parts_and_the_headers_leave_the_house(one_of_each):
    email = next(one for one in one_of_each if one.to == "now@example.org")
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


def test_each_moderator_is_notified_as_they_chose():
    now, daily, never = (make_moderator() for _ in range(3))
    make_preferences(daily, moderation_queue=Frequency.DAILY)
    make_preferences(never, moderation_queue=Frequency.NEVER)

    make_waiting()

    assert [len(emails_to(one.email)) for one in (now, daily, never)] == [1, 0, 0]
    assert list(PendingNotification.objects.values_list("moderator", flat=True)) == [daily.pk]


def test_a_daily_summary_holds_what_still_waits_and_comes_once():
    mo = make_moderator()
    make_preferences(mo, moderation_queue=Frequency.DAILY)
    make_waiting(on=make_post(title="Sharing a nurse"))
    make_waiting(on=make_post(title="Sharing a van"))
    decided = make_waiting(on=make_post(title="Sharing a roof"))
    apply_action(decided, "approve", by=make_moderator())

    early = emails.send_digests()
    with in_hours(24.1):
        late, again = emails.send_digests(), emails.send_digests()

    (email,) = emails_to(mo.email)
    assert (early, late, again) == (0, 1, 0)
    assert email.subject == "2 comments are waiting for review"
    assert ["Sharing a nurse" in email.text, "Sharing a van" in email.html] == [True, True]
    assert "Sharing a roof" not in email.text + email.html
    assert len(paths_in(email, "decide")) == 6
    assert not PendingNotification.objects.exists()


def test_a_summary_of_nothing_is_not_sent():
    mo = make_moderator()
    make_preferences(mo, moderation_queue=Frequency.DAILY)
    apply_action(make_waiting(), "mark_as_spam", by=make_moderator())

    with in_hours(24.1):
        assert emails.send_digests() == 0
    assert emails_to(mo.email) == []


def test_who_moderates_no_more_gets_no_summary():
    mo = make_moderator()
    make_preferences(mo, moderation_queue=Frequency.DAILY)
    make_waiting()
    mo.groups.clear()

    with in_hours(24.1):
        assert emails.send_digests() == 0
    assert not PendingNotification.objects.exists()


def test_moderators_hear_of_the_first_report_and_of_an_appeal_too(client):
    mo, comment = make_moderator(), make_comment(text="Rude words.")
    for _ in range(2):
        client.post(f"/discussion/report/{comment.pk}/", {"rule": 2})
    (reported,) = emails_to(mo.email)
    comment.refresh_from_db()
    apply_action(comment, "remove", by=mo, rule=2)
    (appeal,) = paths_in(emails_to(comment.author_email)[-1], "appeal")

    client.post(appeal, {"words": "It was kind."})

    appealed = emails_to(mo.email)[-1]
    assert "1 report" in reported.text
    assert "Dismiss reports" in reported.text
    assert "appeal" in appealed.text
    assert paths_in(appealed, "decide") == []
    assert f"/admin/discussion/inspect/{comment.pk}/" in appealed.text
    assert "Rude words" not in reported.text + appealed.text


def test_an_administrator_is_notified_like_a_moderator():
    chief = make_user(is_superuser=True)

    make_waiting()

    assert len(emails_to(chief.email)) == 1


def test_a_moderators_email_ends_them_all_with_one_click():
    mo = make_moderator()
    make_waiting()
    (email,) = emails_to(mo.email)
    (stop,) = re.findall(r"<http://127\.0\.0\.1:8000(/\S+)>", email.headers["List-Unsubscribe"])
    client = Client(enforce_csrf_checks=True)

    looked = client.get(stop)
    still = NotificationPreferences.objects.exists()
    responses = [client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code for _ in range(2)]
    make_waiting()

    assert email.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "waiting for review" in visible_text(looked)
    assert not still
    assert responses == [HTTPStatus.OK] * 2
    assert len(emails_to(mo.email)) == 1
    assert not client.cookies


def test_a_moderators_email_names_nobody_and_its_links_hold_numbers_alone():
    mo = make_moderator(email="mo@example.org")
    make_waiting(by=make_user(email="ada@example.org", name="Ada Plover"), text="Secret remark.")

    (email,) = emails_to("mo@example.org")

    for shown in (email.text, email.html, email.subject, str(email.headers)):
        assert not re.search("@example|Ada Plover|Secret remark", shown)
    assert email.html.count("/discussion/decide/") == 3
    assert mo.name not in email.text


def test_an_owner_is_notified_of_their_pages_as_they_chose(client):
    owner = make_user()
    post = make_post(owner=owner)
    client.force_login(owner)

    client.post(PREFERENCES, {"own_pages": "now"})
    make_comment(on=post)
    dispatch.notify_pending()
    (email,) = emails_to(owner.email)
    client.post(PREFERENCES, {"own_pages": "never"})
    make_comment(on=post)
    make_comment(on=make_post(owner=owner))
    dispatch.notify_pending()

    assert "E-mail preferences for all your pages" in email.html
    assert len(preference_paths(email)) == 1
    assert set(Subscription.objects.values_list("frequency", flat=True)) == {Frequency.NEVER}
    assert len(emails_to(owner.email)) == 1
    assert not PendingNotification.objects.exists()


def test_an_owner_who_asks_for_summaries_is_notified_of_new_pages_once_a_day():
    owner = make_user()
    make_preferences(owner, own_pages=Frequency.DAILY)
    make_comment(on=make_post(owner=owner))
    dispatch.notify_pending()

    with in_hours(24.1):
        dispatch.send_digests()

    assert emails_to(owner.email)[0].subject == "1 new comment in discussions you follow"


def test_a_summary_costs_no_more_questions_with_more_in_it(django_assert_max_num_queries):
    mo = make_moderator()
    make_preferences(mo, moderation_queue=Frequency.DAILY)
    for _ in range(6):
        make_waiting()

    with in_hours(24.1), django_assert_max_num_queries(20):
        emails.send_digests()
    assert QueuedEmail.objects.filter(to=mo.email).count() == 1
