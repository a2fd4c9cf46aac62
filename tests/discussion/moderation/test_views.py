"""Readers report, commenters appeal, and moderators decide by the link in an e-mail."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from wagtail.models import ModelLogEntry

from discussion.models import Appeal, Comment, Report, State
from discussion.moderation.actions import apply_action
from discussion.moderation.emails import action_url
from tests.support.comments import make_comment, visible_text
from tests.support.factories import make_post
from tests.support.moderation import JOAN, appeal_path, emails_to, make_moderator, report, report_as_member

pytestmark = pytest.mark.django_db


def token_of(address):
    return address.removeprefix("http://127.0.0.1:8000")


def test_every_comment_offers_to_be_reported_without_a_script(client):
    comment = make_comment()

    path = f"/discussion/report/{comment.pk}/"

    assert f'href="{path}"' in client.get(comment.page.url).content.decode()
    words = visible_text(client.get(path))
    assert "2. Argue with the point, not the person" in words
    assert "Something else" in words


def test_a_report_is_saved_with_rule_and_words(client):
    comment = make_comment()

    response = report_as_member(client, comment, words="He calls\x00 her names.")

    saved = Report.objects.get()
    assert "The moderators will review the comment" in visible_text(response)
    assert (saved.rule, saved.text, saved.comment) == (2, "He calls her names.", comment)


@pytest.mark.parametrize("rule", ["", "99", "abc", None])
def test_a_report_needs_a_reason(client, rule):
    response = report(client, make_comment(), **({"rule": rule} if rule is not None else {"rule": " "}))

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Choose a rule, or “Something else.”" in visible_text(response)
    assert not Report.objects.exists()


def test_foreign_and_hasty_reports_are_refused(client):
    comment = make_comment()
    path = f"/discussion/report/{comment.pk}/"

    foreign = client.post(path, {"rule": 2}, headers={"Sec-Fetch-Site": "cross-site"})
    responses = [report(client, comment).status_code for _ in range(21)]

    assert foreign.status_code == HTTPStatus.FORBIDDEN
    assert responses[-1] == HTTPStatus.TOO_MANY_REQUESTS


def test_what_nobody_may_read_cannot_be_reported(client):
    hidden, gone = make_comment(on=make_post(live=False)), make_comment()
    gone.remove(rule=1)

    assert report(client, hidden).status_code == HTTPStatus.NOT_FOUND
    assert report(client, gone).status_code == HTTPStatus.GONE


@pytest.mark.parametrize(
    ("action", "state"),
    [("approve", State.PUBLISHED), ("remove", State.REMOVED), ("mark_as_spam", State.SPAM)],
)
def test_a_link_shows_on_get_and_acts_on_post_without_signing_in(client, action, state):
    moderator, comment = make_moderator(), make_comment(text="Look at me.", state=State.WAITING)
    path = token_of(action_url(action, comment, moderator))

    shown = client.get(path)
    unchanged = Comment.objects.get().state
    done = client.post(path, {"rule": 3})

    assert "Look at me." in visible_text(shown)
    assert shown["Cache-Control"] == "private, no-store"
    assert unchanged == State.WAITING
    assert done.status_code == HTTPStatus.OK
    assert Comment.objects.get().state == state
    assert ModelLogEntry.objects.get(action=f"discussion.{action}").user == moderator


def test_removing_by_email_needs_a_rule(client):
    path = token_of(action_url("remove", make_comment(state=State.WAITING), make_moderator()))

    response = client.post(path, {"rule": ""})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert Comment.objects.get().state == State.WAITING


def test_a_link_of_one_who_moderates_no_more_is_worth_nothing(client):
    moderator, comment = make_moderator(), make_comment(state=State.WAITING)
    path = token_of(action_url("approve", comment, moderator))
    moderator.groups.clear()

    assert client.get(path).status_code == HTTPStatus.NOT_FOUND
    assert client.post(path).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("token", ["x", "a:b:c", "W10:1:x", "%00", "x" * 3000])
@pytest.mark.parametrize("path", ["decide", "appeal"])
def test_a_link_nobody_made_is_not_found(client, path, token):
    assert client.get(f"/discussion/{path}/{token}/").status_code == HTTPStatus.NOT_FOUND


def test_of_two_moderators_the_second_sees_what_the_first_decided(client):
    comment = make_comment(state=State.WAITING)
    one, two = make_moderator(), make_moderator()
    client.post(token_of(action_url("mark_as_spam", comment, one)))

    late = token_of(action_url("approve", comment, two))

    shown = visible_text(client.get(late))
    assert "A moderator has already decided about this comment." in shown
    assert "is now: spam" in shown
    assert client.post(late).status_code == HTTPStatus.CONFLICT
    assert Comment.objects.get().state == State.SPAM


def test_the_form_is_shown_on_get_and_the_appeal_saved_on_post(client, removed):
    path = appeal_path(emails_to(JOAN)[0])

    shown = visible_text(client.get(path))
    assert not Appeal.objects.exists()
    done = client.post(path, {"words": "I was quoting somebody."})

    assert "You are all fools." in shown
    assert "2. Argue with the point" in shown
    assert "We received your appeal" in visible_text(done)
    assert Appeal.objects.get().text == "I was quoting somebody."


def test_there_is_one_appeal_only(client, removed):
    path = appeal_path(emails_to(JOAN)[0])
    client.post(path, {"words": "First."})

    client.post(path, {"words": "Second."})

    assert Appeal.objects.get().text == "First."
    assert "We received your appeal" in visible_text(client.get(path))


def test_an_appeal_needs_words_and_our_own_form(client, removed):
    path = appeal_path(emails_to(JOAN)[0])

    assert client.post(path, {"words": " "}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert client.post(path, {"words": "x" * 2001}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    foreign = client.post(path, {"words": "x"}, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == HTTPStatus.FORBIDDEN
    assert not Appeal.objects.exists()


def test_whoever_knocks_too_often_is_told_when_to_come_again(client, settings, removed):
    settings.LIMITS, settings.RATE_LIMITS = True, {"report": "1/h/ip"}
    path = appeal_path(emails_to(JOAN)[0])

    responses = [client.post(path, {"words": ""}) for _ in range(2)]

    assert [response.status_code for response in responses] == [422, 429]
    assert responses[1]["Retry-After"] == "3600"


def test_what_is_not_removed_any_more_cannot_be_appealed(client, removed):
    path = appeal_path(emails_to(JOAN)[0])
    apply_action(Comment.objects.get(), "restore", by=make_moderator())

    assert client.get(path).status_code == HTTPStatus.GONE
