"""The other actions of the inspect view: logged with the moderator's name, with saved replies at hand."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from wagtail.models import ModelLogEntry

from discussion.models import Appeal, Report, State
from discussion.moderation.actions import apply_action
from pagecache.models import Version
from tests.support.comments import make_comment, visible_text
from tests.support.factories import make_user
from tests.support.moderation import emails_to, make_moderator, make_rules

pytestmark = pytest.mark.django_db
ADMIN = "/admin/discussion/"


@pytest.fixture
def mo():
    return make_moderator()


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("note", {"words": "Seen."}),
        ("ban", {"kind": "read", "days": 7}),
        ("lock", {}),
        ("unlock", {}),
        ("close", {}),
        ("open", {}),
    ],
)
def test_every_action_is_in_the_log_with_who_did_it(client, mo, what, fields):
    comment = make_comment()
    client.force_login(mo)

    client.post(f"{ADMIN}act/{comment.pk}/{what}/", fields)

    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.user, entry.object_id) == (f"discussion.{what}", mo, str(comment.pk))
    assert "No actions yet." not in visible_text(client.get(f"{ADMIN}inspect/{comment.pk}/"))


@pytest.mark.parametrize("action", ["lock", "unlock"])
def test_readers_see_at_once_that_a_thread_is_locked_or_unlocked(client, mo, action):
    comment = make_comment()
    client.force_login(mo)
    Version.objects.all().delete()

    client.post(f"{ADMIN}act/{comment.pk}/{action}/")

    assert list(Version.objects.values_list("name", flat=True)) == [f"discussion/{comment.page_id}"]


def test_a_removal_is_in_the_log_with_its_rule(client, mo):
    comment = make_comment()
    client.force_login(mo)

    client.post(f"/admin/bulk/discussion/comment/remove/?id={comment.pk}", {"rule": 3, "words": ""})

    entry = ModelLogEntry.objects.get()
    assert (entry.user, entry.data["rule"]) == (mo, 3)
    shown = visible_text(client.get(f"{ADMIN}inspect/{comment.pk}/"))
    assert "Comment removed (3. No student information), Mo Derator" in shown


def test_words_are_ready_from_the_first_day_and_the_house_can_have_its_own(client, mo):
    comment = make_comment()
    path = f"/admin/bulk/discussion/comment/remove/?id={comment.pk}"
    client.force_login(mo)

    before = visible_text(client.get(path))
    make_rules(canned_replies="Thank you for being brief.")
    after = visible_text(client.get(path))

    assert "Please give a source for the figure. Then we can restore your comment." in before
    assert "Thank you for being brief." in after
    assert "Please give a source" not in after


def test_an_appeal_is_answered_with_ready_words_too(client, mo):
    make_rules(canned_replies="We looked twice.")
    author = make_user(email="joan@example.org")
    comment = make_comment(by=author)
    apply_action(comment, "remove", by=mo, rule=1)
    Appeal.objects.create(comment=comment, text="Please.")
    client.force_login(mo)

    shown = visible_text(client.get(f"{ADMIN}inspect/{comment.pk}/"))
    odd = client.post(f"{ADMIN}act/{comment.pk}/decline/", {"ready": "Nonsense."})
    unanswered = Appeal.objects.open().exists()
    client.post(f"{ADMIN}act/{comment.pk}/decline/", {"ready": "We looked twice.", "words": "Sorry."})

    assert "We looked twice." in shown
    assert (odd.status_code, unanswered) == (HTTPStatus.FOUND, True)
    assert "We looked twice.\n\nSorry." in emails_to("joan@example.org")[-1].text


@pytest.mark.parametrize("number", ["abc", "999999", "9" * 30, "-1"])
def test_a_inspect_view_of_nothing_is_not_found(client, mo, number):
    client.force_login(mo)

    nowhere = (HTTPStatus.FOUND, HTTPStatus.NOT_FOUND)

    assert client.get(f"{ADMIN}inspect/{number}/").status_code in nowhere
    assert client.post(f"{ADMIN}act/{number}/lock/").status_code in nowhere


def test_leaving_a_reported_comment_is_offered_where_something_was_reported(client, mo):
    reported, quiet = make_comment(), make_comment()
    Report.objects.create(comment=reported, rule=2)
    client.force_login(mo)

    offered = [
        "Dismiss reports" in visible_text(client.get(f"{ADMIN}inspect/{comment.pk}/"))
        for comment in (reported, quiet)
    ]
    client.post(f"/admin/bulk/discussion/comment/keep/?id={reported.pk}&id={quiet.pk}")

    assert offered == [True, False]
    assert [entry.object_id for entry in ModelLogEntry.objects.all()] == [str(reported.pk)]
    assert "held by a moderator" in visible_text(
        client.get(f"{ADMIN}?page={make_comment(state=State.WAITING).page_id}")
    )
