"""Readers report, members together hold, moderators are notified, and decide by e-mail."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from wagtail.models import ModelLogEntry

from discussion.models import Comment, Report, State
from discussion.models.comment_state import HoldReason
from discussion.moderation.emails import action_url, notify_moderators
from mail.models import QueuedEmail
from tests.support.comments import make_comment, post_comment, queries_of, visible_text
from tests.support.factories import make_post, make_user
from tests.support.moderation import emails_to, make_moderator, make_rules, paths_in, report, report_as_member

pytestmark = pytest.mark.django_db


def test_three_reports_by_different_members_hold_a_comment(client):
    moderator, comment = make_moderator(), make_comment()

    for number in range(3):
        assert Comment.objects.get().state == State.PUBLISHED, number
        report_as_member(client, comment)

    held = Comment.objects.get()
    assert (held.state, held.hold_reason) == (State.WAITING, HoldReason.REPORTS)
    assert ModelLogEntry.objects.get(action="discussion.hold").user is None
    first, last = emails_to(moderator.email)
    assert "1 report" in first.text
    assert "reported by several members, 3 reports" in last.text


def test_one_member_who_reports_three_times_counts_once(client):
    comment = make_comment()
    client.force_login(make_user())

    for _ in range(4):
        report(client, comment)

    assert Report.objects.count() == 1
    assert Comment.objects.get().state == State.PUBLISHED


def test_guests_reports_are_read_and_never_counted(client):
    comment = make_comment()

    for _ in range(5):
        report(client, comment, rule=0)

    assert Report.objects.count() == 5
    assert Comment.objects.get().state == State.PUBLISHED


def test_after_a_moderator_has_decided_three_new_reports_are_needed(client):
    from discussion.moderation.actions import apply_action

    comment = make_comment()
    for _ in range(3):
        report_as_member(client, comment)
    apply_action(Comment.objects.get(), "approve", by=make_moderator())

    report_as_member(client, comment)

    assert Comment.objects.get().state == State.PUBLISHED
    assert Report.objects.open().count() == 1


def test_how_many_reports_hold_is_a_setting(client):
    make_rules(reports_to_hold=0)
    comment = make_comment()

    for _ in range(4):
        report_as_member(client, comment)

    assert Comment.objects.get().state == State.PUBLISHED


def test_a_held_comment_is_notified_to_every_moderator_without_repeating_it(client):
    make_rules(hold="all")
    moderators = [make_moderator(), make_moderator()]
    client.force_login(make_user())

    post_comment(client, make_post(title="Buses"), comment="A secret remark.")

    for moderator in moderators:
        (email,) = emails_to(moderator.email)
        assert "Buses" in email.subject
        assert "every comment is reviewed first" in email.text
        assert "A secret remark." not in email.text
        assert len(paths_in(email, "decide")) == 3


def test_a_reported_comment_can_be_left_as_it_is_by_email_and_at_the_queue(client):
    mo, one, two = make_moderator(), make_comment(), make_comment()
    for comment in (one, two):
        Report.objects.create(comment=comment, rule=2)

    path = action_url("keep", one, mo).removeprefix("http://127.0.0.1:8000")
    confirmation = visible_text(client.get(path))
    done = client.post(path)
    again = client.post(path)
    client.force_login(mo)
    shown = client.get("/admin/discussion/?queue=reported").content.decode()
    client.post(f"/admin/bulk/discussion/comment/keep/?id={two.pk}&next=/admin/discussion/")

    assert "Reason for review: 1 report." in confirmation
    assert (done.status_code, again.status_code) == (HTTPStatus.OK, HTTPStatus.CONFLICT)
    assert f"/comment/keep/?id={two.pk}" in shown
    assert f"/comment/keep/?id={one.pk}" not in shown
    assert not Report.objects.open().exists()
    assert set(Comment.objects.values_list("state", flat=True)) == {State.PUBLISHED}


def test_a_link_holds_numbers_alone(client):
    moderator = make_moderator(email="mo@example.org")

    address = action_url("approve", make_comment(text="Words.", state=State.WAITING), moderator)

    assert "mo@" not in address
    assert len(address) < 140


def test_asking_costs_no_more_questions_with_a_longer_discussion():
    comment = make_comment(state=State.WAITING)
    make_moderator()
    notify_moderators(comment)
    few = len(queries_of(lambda: notify_moderators(comment)))
    for _ in range(5):
        make_comment(on=comment.page)

    assert len(queries_of(lambda: notify_moderators(comment))) == few
    assert QueuedEmail.objects.count() == 3
