"""Following a discussion: who is notified of what and when, and how one unsubscribes."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import PageViewRestriction

from discussion.models import Comment, Frequency, PendingNotification, Scope, State, Subscription
from discussion.notifications import dispatch
from discussion.posting.guest_links import confirm_token
from mail.models import QueuedEmail, SuppressedAddress
from tests.support.comments import (
    make_comment,
    make_guest_comment,
    post_comment,
    post_guest_comment,
)
from tests.support.factories import make_post, make_user
from tests.support.subscriptions import make_subscription, notified

pytestmark = pytest.mark.django_db


def in_days(days):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def test_who_follows_a_page_is_notified_of_every_comment_once():
    page = make_post()
    make_subscription(on=page, by=make_user(email="ada@example.org"))
    make_subscription(on=page, address="grace@example.org")
    make_subscription(on=make_post(), address="elsewhere@example.org")
    comment = make_guest_comment(on=page, name="Obadiah Plum", email="plum@example.org", text="Hello *all*.")

    assert notified() == ["ada@example.org", "grace@example.org"]
    assert notified() == ["ada@example.org", "grace@example.org"]
    email = QueuedEmail.objects.first()
    assert "Obadiah Plum" in email.subject
    assert "Hello *all*." in email.text
    assert "<p>Hello <em>all</em>.</p>" in email.html
    assert f"/discussion/comment/{comment.pk}/" in email.text
    for shown in (email.text, email.html, email.subject, str(email.headers)):
        assert "@example.org" not in shown


def test_who_wants_only_replies_is_notified_of_answers_to_them_alone():
    mine = make_comment(by=make_user(email="ada@example.org"))
    guests = make_guest_comment(on=mine.page, email="Grace@example.org")
    make_subscription(on=mine.page, by=mine.user, scope=Scope.REPLIES)
    make_subscription(on=mine.page, address="grace@example.org", scope=Scope.REPLIES)
    dispatch.notify_pending()
    QueuedEmail.objects.all().delete()

    make_comment(on=mine.page)
    assert notified() == []
    make_comment(reply_to=mine)
    assert notified() == ["ada@example.org"]
    make_comment(reply_to=guests)
    assert notified() == ["ada@example.org", "grace@example.org"]


def test_nobody_is_notified_of_their_own_words():
    page, ada = make_post(), make_user()
    make_subscription(on=page, by=ada)
    make_subscription(on=page, address="grace@example.org")
    make_comment(on=page, by=ada)
    make_guest_comment(on=page, email="Grace@Example.org")

    assert sorted(notified()) == sorted([ada.email, "grace@example.org"])
    assert QueuedEmail.objects.get(to=ada.email).text.count("commented on") == 1


def test_nobody_is_notified_before_a_moderator_approved():
    page = make_post()
    make_subscription(on=page, address="grace@example.org")
    waiting = make_comment(on=page, state=State.WAITING)
    make_comment(on=page, state=State.UNCONFIRMED, user_name="Someone", user_email="s@example.org")

    before = notified()
    waiting.approve()

    assert (before, notified()) == ([], ["grace@example.org"])


@pytest.mark.parametrize("frequency", [Frequency.NOW, Frequency.DAILY])
def test_a_member_whose_account_is_closed_is_notified_of_nothing(frequency):
    page = make_post()
    make_subscription(on=page, by=make_user(is_active=False), frequency=frequency)
    make_comment(on=page)

    assert notified() == []
    assert not PendingNotification.objects.exists()


def test_nobody_is_notified_of_private_pages_or_of_comments_of_long_ago():
    page, old = make_post(), make_post()
    make_subscription(on=page, address="grace@example.org")
    make_subscription(on=old, address="grace@example.org")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    make_comment(on=page)
    late = make_comment(on=old, submit_date=timezone.now() - timedelta(days=3))

    assert notified() == []
    late.refresh_from_db()
    assert late.notified


def test_a_digest_waits_its_time_and_holds_everything_on_all_pages():
    ada = make_user(email="ada@example.org")
    pages = [make_post(title="Sharing a nurse"), make_post(title="Sharing a van")]
    for page in pages:
        make_subscription(on=page, by=ada, frequency=Frequency.DAILY)
    for n, page in enumerate([*pages, pages[0]]):
        make_comment(on=page, text=f"Words {n}.")
    gone = make_comment(on=pages[0], text="Taken back.")
    dispatch.notify_pending()
    gone.delete_by_author()

    early = dispatch.send_digests()
    with in_days(1.01):
        late, again = dispatch.send_digests(), dispatch.send_digests()

    email = QueuedEmail.objects.get()
    assert (early, late, again) == (0, 1, 0)
    assert email.subject == "3 new comments in discussions you follow"
    assert [part in email.text for part in ("Words 0.", "Words 1.", "Words 2.", "Taken back.")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert email.text.count("Sharing a nurse") == 1
    assert not PendingNotification.objects.exists()


def test_a_digest_tells_what_was_written_first_before_what_came_later():
    page, now = make_post(), timezone.now()
    make_subscription(on=page, address="grace@example.org", frequency=Frequency.DAILY)
    make_comment(on=page, text="Said later.", submit_date=now)
    make_comment(on=page, text="Said first.", submit_date=now - timedelta(hours=1))
    dispatch.notify_pending()

    with in_days(1.01):
        dispatch.send_digests()

    said = re.findall(r"Said \w+", QueuedEmail.objects.get().text)
    assert said == ["Said first", "Said later"]


def test_a_weekly_digest_waits_a_week_and_guests_get_theirs():
    page = make_post()
    make_subscription(on=page, address="grace@example.org", frequency=Frequency.WEEKLY)
    make_comment(on=page)
    dispatch.notify_pending()

    with in_days(6.9):
        assert dispatch.send_digests() == 0
    with in_days(7.01):
        assert dispatch.send_digests() == 1
    assert QueuedEmail.objects.get().to == "grace@example.org"


def test_a_guests_tick_counts_once_the_comment_is_confirmed(client):
    page = make_post()
    post_guest_comment(client, page, email="Grace@example.org", followup="on")
    comment = Comment.objects.get()

    before = Subscription.objects.exists()
    client.post(f"/discussion/confirm/{confirm_token(comment)}/")

    follows = Subscription.objects.get()
    assert not before
    assert (follows.address, follows.member, follows.scope) == ("grace@example.org", None, "replies")


def test_a_members_tick_counts_at_once(client):
    page, ada = make_post(), make_user()
    client.force_login(ada)

    post_comment(client, page, followup="on")

    assert Subscription.objects.get().member == ada


def test_the_pages_owner_is_notified_once_a_day_unless_they_say_otherwise(client):
    owner = make_user(email="owner@example.org")
    page = make_post(owner=owner)
    make_comment(on=page)
    dispatch.notify_pending()
    with in_days(1.1):
        dispatch.send_digests()
    first = QueuedEmail.objects.count()

    Subscription.objects.get(member=owner).unsubscribe()
    make_comment(on=page)
    dispatch.notify_pending()
    with in_days(3):
        dispatch.send_digests()

    assert (first, QueuedEmail.objects.count()) == (1, 1)
    assert Subscription.objects.get(member=owner).frequency == Frequency.NEVER


def test_an_address_that_bounced_is_written_to_no_more():
    page = make_post()
    make_subscription(on=page, address="grace@example.org")
    SuppressedAddress.objects.suppress("grace@example.org", SuppressedAddress.Reason.BOUNCED)
    make_comment(on=page)

    assert notified() == []
