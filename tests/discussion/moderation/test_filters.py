"""The queues and filters of the moderation queue, and the inspect view of one comment."""

from __future__ import annotations

import csv
from datetime import timedelta
from http import HTTPStatus
from io import StringIO

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from blog.models import Post
from discussion.models import Ban, Comment, ModeratorNote, Report, State
from discussion.models.comment_state import HoldReason
from tests.support.comments import make_comment, make_guest_comment, queries_of, visible_text
from tests.support.factories import make_post, make_user
from tests.support.moderation import make_moderator, make_rules

pytestmark = pytest.mark.django_db
ADMIN = "/admin/discussion/"


@pytest.fixture
def moderator(client):
    client.force_login(make_moderator())
    return client


def inspect_path(comment):
    return f"{ADMIN}inspect/{comment.pk}/"


def do(client, what, comment, **fields):
    return client.post(f"{ADMIN}act/{comment.pk}/{what}/", fields)


def logged():
    return list(ModelLogEntry.objects.values_list("action", flat=True))


def test_each_queue_holds_what_it_should(moderator):
    make_comment(text="Plain one.")
    make_comment(text="Waiting one.", state=State.WAITING)
    make_comment(text="Held one.", state=State.WAITING, hold_reason=HoldReason.LINKS)
    Report.objects.create(comment=make_comment(text="Reported one."), rule=2)

    results = {
        queue: {
            word
            for word in ("Plain", "Waiting", "Held", "Reported")
            if f"{word} one." in visible_text(moderator.get(f"{ADMIN}?queue={queue}"))
        }
        for queue in ("", "waiting", "reported", "held")
    }

    assert results == {
        "": {"Plain", "Waiting", "Held", "Reported"},
        "waiting": {"Waiting", "Held"},
        "reported": {"Reported"},
        "held": {"Held"},
    }
    assert "has too many links" in visible_text(moderator.get(f"{ADMIN}?queue=held"))


def test_the_queue_finds_by_person_and_age(moderator):
    make_comment(text="By Joan.", by=make_user(name="Joan Marsh", email="joan@example.org"))
    old = make_guest_comment(text="By Grace.", email="grace@example.org")
    Comment.objects.filter(pk=old.pk).update(submit_date=timezone.now() - timedelta(days=40))

    def results(query):
        words = visible_text(moderator.get(f"{ADMIN}?{query}"))
        return ["By Joan." in words, "By Grace." in words]

    assert results("person=marsh") == [True, False]
    assert results("person=grace@example.org") == [False, True]
    assert results("person=@example.org") == [False, False]
    assert results("age=day") == [True, False]
    assert results("age=older") == [False, True]
    assert results("queue=nonsense") == [True, True]


def test_the_queues_cost_no_more_questions_with_more_in_them(moderator):
    make_comment(state=State.WAITING)
    moderator.get(f"{ADMIN}?queue=waiting")
    few = len(queries_of(lambda: moderator.get(f"{ADMIN}?queue=waiting")))
    for _ in range(10):
        comment = make_comment(state=State.WAITING)
        Report.objects.create(comment=comment, by=make_user(), rule=1)

    assert len(queries_of(lambda: moderator.get(f"{ADMIN}?queue=waiting"))) <= few


def test_the_inspect_view_shows_a_comment_within_its_thread_and_all_that_is_known(moderator):
    opening = make_comment(text="How it began.")
    comment = make_guest_comment(reply_to=opening, text="The one.", email="grace@example.org")
    make_comment(reply_to=comment, text="An answer.")
    make_comment(on=opening.page, text="Another thread.")
    Report.objects.create(comment=comment, rule=2, text="Rude.")
    ModeratorNote.objects.create(comment=comment, by=make_user(name="Second Mo"), text="Second time.")

    words = visible_text(moderator.get(inspect_path(comment)))

    assert "Hold Remove Mark as spam" in words
    for there in ("How it began.", "The one.", "An answer.", "grace@example.org", "Rude.", "Second time."):
        assert there in words
    assert "Another thread." not in words


def test_the_inspect_view_costs_the_same_in_a_long_thread(moderator):
    opening = make_comment()
    reply = make_comment(reply_to=opening)
    moderator.get(inspect_path(reply))
    few = len(queries_of(lambda: moderator.get(inspect_path(reply))))
    for _ in range(30):
        make_comment(reply_to=opening)

    assert len(queries_of(lambda: moderator.get(inspect_path(reply)))) == few


@pytest.mark.parametrize(
    ("mark", "unmark", "field"),
    [("pin", "unpin", "pinned"), ("mark_as_staff", "unmark_as_staff", "is_staff_comment")],
)
def test_a_comment_is_marked_and_unmarked_at_the_queue(moderator, mark, unmark, field):
    comment = make_comment()

    for action, bears, other in ((mark, True, unmark), (unmark, False, mark)):
        offered = moderator.get(inspect_path(comment)).content.decode()
        moderator.post(f"/admin/bulk/discussion/comment/{action}/?id={comment.pk}&next={ADMIN}")
        assert f"/comment/{action}/" in offered
        assert f"/comment/{other}/" not in offered
        assert getattr(Comment.objects.get(), field) is bears

    assert sorted(logged()) == sorted([f"discussion.{mark}", f"discussion.{unmark}"])


def test_changed_words_are_held_by_the_same_rules_and_moderators_are_notified(client):
    from tests.support.moderation import emails_to

    make_rules(hold_words="casino")
    author, mo = make_user(), make_moderator()
    comment = make_comment(by=author)
    client.force_login(author)

    client.post(f"/discussion/edit/{comment.pk}/", {"comment": "Visit the casino."})

    held = Comment.objects.get()
    assert (held.state, held.hold_reason) == (State.WAITING, HoldReason.WORDS)
    assert len(emails_to(mo.email)) == 1


def test_a_note_is_saved_for_moderators_alone(moderator):
    comment = make_comment()

    do(moderator, "note", comment, words="Watch <b>this</b>.")

    assert "Watch <b>this</b>." in visible_text(moderator.get(inspect_path(comment)))
    assert "Watch" not in visible_text(moderator.get(comment.page.url))
    assert logged() == ["discussion.note"]


def test_a_ban_holds_for_account_and_address_until_it_is_lifted(moderator):
    author = make_user(email="joan@example.org")
    comment = make_comment(by=author)

    do(moderator, "ban", comment, kind="refuse", days=7)

    ban = Ban.objects.get()
    assert (ban.user, ban.kind, len(ban.address_hash)) == (author, "refuse", 64)
    as_guest = Comment(page=comment.page, user_email="JOAN@example.org")
    assert Ban.objects.against_author(as_guest).exists()
    assert "can’t comment" in visible_text(moderator.get(inspect_path(comment)))

    do(moderator, "unban", comment)

    assert not Ban.objects.exists()
    assert sorted(logged()) == ["discussion.ban", "discussion.unban"]


def test_what_a_banned_guest_has_not_confirmed_waits_for_a_moderator(moderator):
    shown = make_guest_comment(email="grace@example.org")
    open_one = make_guest_comment(email="grace@example.org", on=shown.page, state=State.UNCONFIRMED)

    do(moderator, "ban", shown, kind="read", days=0)
    Comment.objects.get(pk=open_one.pk).confirm()

    assert Comment.objects.get(pk=open_one.pk).state == State.WAITING


def test_a_thread_is_locked_as_a_whole_and_unlocked_again(moderator):
    opening = make_comment()
    reply = make_comment(reply_to=opening)

    do(moderator, "lock", reply)
    assert Comment.objects.get(pk=opening.pk).locked
    do(moderator, "unlock", opening)

    assert not Comment.objects.filter(locked=True).exists()
    assert sorted(logged()) == ["discussion.lock", "discussion.unlock"]


def test_a_closed_page_stays_closed_when_an_editor_publishes_an_older_draft(moderator):
    comment = make_comment(on=make_post())
    post = Post.objects.get()
    post.title = "A draft"
    draft = post.save_revision()

    do(moderator, "close", comment)
    assert not Post.objects.get().comments_open
    draft.refresh_from_db()
    draft.publish()

    assert Post.objects.get().title == "A draft"
    assert not Post.objects.get().comments_open
    do(moderator, "open", comment)
    assert Post.objects.get().comments_open


@pytest.mark.parametrize("what", ["note", "ban", "lock", "close", "decline", "nonsense"])
def test_only_moderators_act_and_only_by_post(client, what):
    comment = make_comment()
    path = f"{ADMIN}act/{comment.pk}/{what}/"
    client.force_login(make_user())
    stranger = client.post(path, {"words": "x", "kind": "refuse", "days": 7})
    client.force_login(make_moderator())
    by_get = client.get(path)

    assert stranger.status_code in (HTTPStatus.FOUND, HTTPStatus.FORBIDDEN)
    assert by_get.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert not ModelLogEntry.objects.exists()


def test_an_act_with_nonsense_is_notified_and_not_done(moderator):
    comment = make_comment()

    for what, fields in (("note", {}), ("ban", {"kind": "x", "days": "y"}), ("unban", {}), ("decline", {})):
        assert do(moderator, what, comment, **fields)["Location"] == inspect_path(comment)

    assert not ModelLogEntry.objects.exists()
    assert do(moderator, "nonsense", comment).status_code == HTTPStatus.NOT_FOUND


def test_the_rule_is_chosen_by_its_title_with_ready_made_words(moderator):
    make_rules(canned_replies="Thank you for being brief.")
    comment = make_comment(by=make_user(email="joan@example.org"))
    path = f"/admin/bulk/discussion/comment/remove/?id={comment.pk}&next={ADMIN}"

    shown = visible_text(moderator.get(path))
    moderator.post(path, {"rule": 3, "ready": "Thank you for being brief.", "words": "And kind."})

    from mail.models import QueuedEmail

    assert "3. No student information" in shown
    assert "Thank you for being brief.\n\nAnd kind." in QueuedEmail.objects.get().text


def test_the_report_counts_acts_by_month_and_rule(moderator):
    for rule in (1, 1, 3):
        make_comment().remove(rule=rule, by=make_moderator())
    make_comment().hold(by=make_moderator())

    words = visible_text(moderator.get("/admin/reports/discussion/"))
    rows = list(csv.reader(StringIO(moderator.get("/admin/reports/discussion/?export=csv").content.decode())))

    month = timezone.localtime().strftime("%Y-%m")
    assert "Remove comment 1. Speak under your own name 2" in words
    assert rows[0] == ["Month", "Action", "House rule", "Number"]
    assert [month, "Remove comment", "3. No student information", "1"] in rows
    assert [month, "Hold comment", "", "1"] in rows


def test_the_report_is_for_moderators(client):
    client.force_login(make_user())

    assert client.get("/admin/reports/discussion/").status_code in (
        HTTPStatus.FOUND,
        HTTPStatus.FORBIDDEN,
    )


def test_the_settings_can_be_edited_by_an_administrator(client):
    client.force_login(make_user(is_superuser=True, is_staff=True))

    response = client.get("/admin/settings/discussion/discussionsettings/", follow=True)

    assert response.status_code == HTTPStatus.OK
    assert "house rules, short" in visible_text(response).lower()
