"""Who follows a page, whom a comment concerns, and what each is still to be told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from discussion.models import Frequency, NotificationPreferences, PendingNotification, Scope, Subscription
from discussion.models.subscriptions import FREQUENCIES, owns_pages
from tests.support.comments import make_comment, make_guest_comment, queries_of
from tests.support.factories import make_post, make_user

pytestmark = pytest.mark.django_db


def follow(page, *, by=None, address="", **fields):
    return Subscription.objects.create(page=page, member=by, address=address, **fields)


def recipients_of(comment):
    return list(Subscription.objects.recipients_of(comment))


@pytest.mark.parametrize(
    ("frequency", "days"),
    [(Frequency.NOW, 0), (Frequency.DAILY, 1), (Frequency.WEEKLY, 7), (Frequency.NEVER, 0)],
)
def test_a_notice_waits_for_others_as_long_as_its_frequency_says(frequency, days):
    assert frequency.pause == timedelta(days=days)


def test_a_member_sees_what_they_follow_by_title():
    member = make_user()
    second = follow(make_post(title="Buses"), by=member)
    first = follow(make_post(title="Art"), by=member)
    follow(make_post(title="Chairs"), by=make_user())
    titles = []

    queries = queries_of(
        lambda: titles.extend(one.page.title for one in Subscription.objects.for_member(member))
    )

    assert list(Subscription.objects.for_member(member)) == [first, second]
    assert titles == ["Art", "Buses"]
    assert len(queries) == 1


def test_a_members_own_are_also_those_of_their_verified_addresses():
    member = make_user()
    EmailAddress.objects.create(user=member, email="Ada@example.org", verified=True)
    EmailAddress.objects.create(user=member, email="unproven@example.org", verified=False)
    own, as_guest = follow(make_post(), by=member), follow(make_post(), address="ada@example.org")
    follow(make_post(), address="unproven@example.org")
    follow(make_post(), by=make_user())
    found = Subscription.objects.for_member_and_addresses(member)

    assert set(found) == {own, as_guest}
    assert not queries_of(lambda: [one.page.title for one in found])


def test_a_comment_concerns_who_follows_its_page():
    comment = make_comment()
    whole = follow(comment.page, by=make_user())
    guest = follow(comment.page, address="guest@example.org")
    follow(comment.page, by=make_user(), scope=Scope.REPLIES)
    follow(comment.page, by=make_user(), frequency=Frequency.NEVER)
    follow(make_post(), by=make_user())

    assert recipients_of(comment) == [whole, guest]


def test_a_reply_concerns_the_member_whom_it_answers():
    asked = make_user()
    reply = make_comment(reply_to=make_comment(by=asked, user_email="old@example.org"))
    answered = follow(reply.page, by=asked, scope=Scope.REPLIES)
    follow(reply.page, by=make_user(), scope=Scope.REPLIES)
    follow(reply.page, address="old@example.org", scope=Scope.REPLIES)

    assert recipients_of(reply) == [answered]


def test_a_reply_concerns_the_guest_whom_it_answers():
    reply = make_comment(reply_to=make_guest_comment(email="Grace@Example.org"))
    answered = follow(reply.page, address="grace@example.org", scope=Scope.REPLIES)
    follow(reply.page, address="other@example.org", scope=Scope.REPLIES)
    follow(reply.page, by=make_user(), scope=Scope.REPLIES)

    assert recipients_of(reply) == [answered]


def test_a_reply_to_somebody_who_is_forgotten_concerns_nobody_for_replies():
    reply = make_comment(reply_to=make_guest_comment(email=""))
    follow(reply.page, by=make_user(), scope=Scope.REPLIES)
    follow(reply.page, address="grace@example.org", scope=Scope.REPLIES)

    assert recipients_of(reply) == []


def test_nobody_is_concerned_by_their_own_comment():
    member = make_user()
    by_member = make_comment(by=member, user_email="other@example.org")
    page = by_member.page
    follow(page, by=member)
    other = follow(page, address="other@example.org")
    by_guest = make_guest_comment(on=page, email="Other@Example.org")

    assert recipients_of(by_member) == [other]
    assert [one.member for one in recipients_of(by_guest)] == [member]


def test_a_comment_of_nobody_concerns_all_followers():
    comment = make_guest_comment(email="")
    member, guest = follow(comment.page, by=make_user()), follow(comment.page, address="g@example.org")

    assert recipients_of(comment) == [member, guest]


def test_following_again_keeps_what_was_chosen_first():
    page, member = make_post(), make_user()

    for scope in (Scope.REPLIES, Scope.PAGE):
        Subscription.objects.subscribe(page, member=member, scope=scope)
        Subscription.objects.subscribe(page, address="Grace@Example.org", scope=scope)

    rows = Subscription.objects.order_by("pk").values_list("member", "address", "scope")
    assert list(rows) == [(member.pk, "", "replies"), (None, "grace@example.org", "replies")]


def test_a_guest_with_nothing_left_under_a_page_no_longer_follows_it_for_replies():
    page, address = make_post(), "grace@example.org"
    follow(page, address=address, scope=Scope.REPLIES)
    elsewhere = follow(make_post(), address=address, scope=Scope.REPLIES)
    other = follow(page, address="other@example.org", scope=Scope.REPLIES)
    make_guest_comment(email=address)  # under another page
    make_comment(on=page, user_email=address)  # a member's

    Subscription.objects.drop_unused(page, "Grace@example.org")

    assert set(Subscription.objects.all()) == {elsewhere, other}


def test_a_guest_with_a_comment_left_or_who_follows_the_whole_page_stays():
    for_all = follow(make_post(), address="all@example.org", scope=Scope.PAGE)
    comment = make_guest_comment(email="Grace@example.org")
    for_replies = follow(comment.page, address="grace@example.org", scope=Scope.REPLIES)

    Subscription.objects.drop_unused(for_all.page, "all@example.org")
    Subscription.objects.drop_unused(comment.page, "grace@example.org")

    assert set(Subscription.objects.all()) == {for_all, for_replies}


def test_who_unfollows_is_forgotten_but_an_owners_wish_is_kept():
    older, owner, newer = (make_user() for _ in range(3))
    page = make_post(owner=owner)
    own, *others = [follow(page, by=member) for member in (owner, older, newer)]
    guest = follow(page, address="grace@example.org")
    for one in (own, *others):
        PendingNotification.objects.create(subscription=one, comment=make_comment(on=page))
    assert [one.is_page_owner for one in (own, *others, guest)] == [True, False, False, False]

    for one in (own, *others, guest):
        one.unsubscribe()

    assert list(Subscription.objects.values_list("pk", "frequency")) == [(own.pk, "never")]
    assert not PendingNotification.objects.exists()


def test_a_guest_does_not_own_a_page_without_an_owner():
    page = make_post()

    assert page.owner is None
    assert follow(page, address="grace@example.org").is_page_owner is False


def test_mail_goes_to_the_members_address_of_today_or_to_the_guests():
    member = make_user(email="ada@example.org")

    assert follow(make_post(), by=member).recipient == "ada@example.org"
    assert follow(make_post(), address="grace@example.org").recipient == "grace@example.org"


def test_pending_notices_are_locked_oldest_first_and_returned():
    subscription = follow(make_post(), by=make_user())
    one, two = (
        PendingNotification.objects.create(subscription=subscription, comment=make_comment())
        for _ in range(2)
    )
    PendingNotification.objects.create(moderator=make_user(), comment=make_comment())

    locked = PendingNotification.objects.filter(subscription=subscription).lock()
    two.delete()

    assert list(locked) == [one]


def test_one_may_choose_everything_but_a_weekly_summary():
    assert [value for value, _ in FREQUENCIES] == ["now", "daily", "never"]


def test_who_never_chose_has_preferences_that_are_not_saved():
    preferences = NotificationPreferences.for_user(make_user())

    assert (preferences.moderation_queue, preferences.own_pages) == ("now", "daily")
    assert not NotificationPreferences.objects.exists()


def test_who_chose_has_what_they_chose():
    saved = NotificationPreferences.objects.create(member=make_user(), own_pages=Frequency.NEVER)

    assert NotificationPreferences.for_user(saved.member) == saved


@pytest.mark.parametrize("queue", ["now", "daily", "never"])
def test_preferences_apply_to_ones_own_pages_and_end_what_was_to_come(queue):
    owner, other = make_user(), make_user()
    page = make_post(owner=owner)
    own, not_own = follow(page, by=owner), follow(make_post(owner=other), by=owner)
    others = follow(page, by=other)
    for moderator in (owner, other):
        PendingNotification.objects.create(moderator=moderator, comment=make_comment())

    NotificationPreferences(member=owner, own_pages=Frequency.WEEKLY, moderation_queue=queue).save_and_apply()

    frequencies = dict(Subscription.objects.values_list("pk", "frequency"))
    assert frequencies == {own.pk: "weekly", not_own.pk: "now", others.pk: "now"}
    still = set(PendingNotification.objects.values_list("moderator", flat=True))
    assert still == ({other.pk} if queue == Frequency.NEVER else {owner.pk, other.pk})
    assert NotificationPreferences.objects.get().member == owner


def test_an_owner_is_who_a_page_names():
    owner = make_user()
    make_post(owner=owner)

    assert owns_pages(owner)
    assert not owns_pages(make_user())


def test_rows_name_themselves_by_number_alone():
    subscription = follow(make_post(), address="grace@example.org")
    pending = PendingNotification.objects.create(subscription=subscription, comment=make_comment())
    preferences = NotificationPreferences.objects.create(member=make_user())

    assert str(subscription) == f"Subscription {subscription.pk}"
    assert str(pending) == f"PendingNotification {pending.pk}"
    assert str(preferences) == f"NotificationPreferences {preferences.pk}"
