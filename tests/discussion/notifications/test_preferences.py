"""Moderators and owners of pages get e-mail as they chose: at once, once a day, or not at all."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.privacy import registry
from discussion.models import Frequency, NotificationPreferences, PendingNotification, State, Subscription
from discussion.moderation import emails
from discussion.moderation.actions import apply_action
from discussion.moderation.emails import notify_moderators
from discussion.notifications import dispatch
from mail.models import QueuedEmail
from tests.accounts.affiliation.test_verification import initial_of
from tests.support.comments import make_comment, visible_text
from tests.support.emails import in_hours
from tests.support.factories import make_post, make_user
from tests.support.moderation import emails_to, make_moderator, paths_in

pytestmark = pytest.mark.django_db
PREFERENCES = "/discussion/letters/"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def make_preferences(member, **chosen):
    return NotificationPreferences.objects.create(member=member, **chosen)


def make_waiting(**fields):
    comment = make_comment(state=State.WAITING, **fields)
    notify_moderators(comment)
    return comment


def preference_paths(email):
    """Return the addresses in a moderator's e-mail: of the preferences, and to unsubscribe."""
    return re.findall(rf"http://127\.0\.0\.1:8000({PREFERENCES}\S+)", email.text)


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


def test_a_link_in_the_email_lets_one_choose_without_signing_in(client):
    mo = make_moderator()
    make_waiting()
    change, _stop = preference_paths(emails_to(mo.email)[0])

    shown = visible_text(client.get(change))
    saved = visible_text(client.post(change, {"desk": "daily"}))
    bad = client.post(change, {"desk": "hourly"})
    foreign = client.post(change, {"desk": "never"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert "When a comment waits for a moderator" in shown
    assert "a page of yours" not in shown
    assert "Preferences saved." in saved
    assert (bad.status_code, foreign.status_code) == (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.FORBIDDEN)
    assert NotificationPreferences.objects.get().moderation_queue == Frequency.DAILY


@pytest.mark.parametrize("token", ["x", "a:b:c", "W10:1:x", "%00", "x" * 3000])
@pytest.mark.parametrize("path", ["", "stop/"])
def test_a_link_of_nobodys_making_is_not_found(client, path, token):
    assert client.post(f"{PREFERENCES}{token}/{path}").status_code == HTTPStatus.NOT_FOUND


def test_a_link_to_stop_is_none_to_choose(client):
    mo = make_moderator()
    make_waiting()
    change, stop = preference_paths(emails_to(mo.email)[0])

    assert client.get(f"{change}stop/").status_code == HTTPStatus.NOT_FOUND
    assert client.get(stop.removesuffix("stop/")).status_code == HTTPStatus.NOT_FOUND


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


def test_the_choice_stands_on_ones_own_page_for_those_whom_it_concerns(client):
    mo, owner, reader = make_moderator(), make_user(), make_user()
    make_post(owner=owner)
    shown = {}
    for person in (mo, owner, reader):
        client.force_login(person)
        shown[person] = (visible_text(client.get("/accounts/me/")), client.get(PREFERENCES))

    assert "When a comment waits for a moderator right away" in shown[mo][0]
    assert "When someone comments on one of your pages once a day" in shown[owner][0]
    assert "Change e-mail preferences" not in shown[reader][0]
    assert [response.status_code for _, response in shown.values()] == [
        HTTPStatus.OK, HTTPStatus.OK, HTTPStatus.NOT_FOUND,
    ]  # fmt: skip


def test_strangers_sign_in_first(client):
    assert client.get(PREFERENCES).status_code == HTTPStatus.FOUND


def test_the_same_choice_stands_among_an_editors_own_settings(client):
    mo = make_moderator()
    client.force_login(mo)

    shown = visible_text(client.get("/admin/account/"))
    fields = {**initial_of(client, "/admin/account/"), "discussion-desk": "never"}
    client.post("/admin/account/", fields)
    client.force_login(make_user(is_superuser=False))
    strangers = client.get("/admin/account/")

    assert "E-mail about discussions" in shown
    assert NotificationPreferences.objects.get(member=mo).moderation_queue == Frequency.NEVER
    assert strangers.status_code == HTTPStatus.FOUND


def test_preferences_are_exported_to_their_owner_and_erased_with_them():
    mo = make_moderator()
    make_preferences(mo, moderation_queue=Frequency.NEVER)

    exported = registry.export(mo)["e-mail preferences"]
    registry.erase(mo)

    assert exported == {"moderation queue": "never", "own pages": "daily"}
    assert not NotificationPreferences.objects.exists()


def test_a_summary_costs_no_more_questions_with_more_in_it(django_assert_max_num_queries):
    mo = make_moderator()
    make_preferences(mo, moderation_queue=Frequency.DAILY)
    for _ in range(6):
        make_waiting()

    with in_hours(24.1), django_assert_max_num_queries(20):
        emails.send_digests()
    assert QueuedEmail.objects.filter(to=mo.email).count() == 1
