"""Changed words are judged like new ones, and what a guest takes back is gone with their name."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from blog.models import Post
from discussion.models import Ban, Comment, Scope, State, Subscription
from discussion.models.comment_state import HoldReason
from discussion.models.moderation import hash_address
from discussion.posting.guest_links import confirm_token
from tests.support.comments import by_link, make_comment, make_guest_comment, visible_text
from tests.support.factories import make_user
from tests.support.moderation import make_moderator, make_rules

pytestmark = pytest.mark.django_db
LINKS = " ".join(f"https://example.org/{number}" for number in range(6))


@pytest.mark.parametrize("later", [False, True], ids=["edited", "added"])
@pytest.mark.parametrize(
    ("words", "because"),
    [("Come to the casino.", HoldReason.WORDS), (LINKS, HoldReason.LINKS)],
    ids=["word", "links"],
)
def test_changed_words_and_addenda_that_break_a_rule_wait(client, own, words, because, later):
    comment, path = own
    make_rules(hold_words="casino")
    with time_machine.travel(timezone.now() + timedelta(hours=25 if later else 0), tick=False):
        if later and comment.user is not None:
            client.force_login(comment.user)
        there = client.post(path, {"comment": words})

    comment.refresh_from_db()
    assert there["Location"] == "/discussion/waiting/"
    assert (comment.state, comment.hold_reason) == (State.WAITING, because)
    assert words not in visible_text(Client().get(comment.page.url))


def test_whoever_was_banned_since_changes_nothing(client, own):
    comment, path = own
    Ban.objects.create(
        kind=Ban.Kind.REFUSE, user=comment.user, address_hash=hash_address(comment.author_email)
    )

    response = client.post(path, {"comment": "Other words."})

    comment.refresh_from_db()
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "You can’t comment at the moment." in visible_text(response)
    assert "Other words." in response.content.decode()
    assert comment.comment == "First words."


def test_words_are_given_back_to_who_was_signed_out_meanwhile_or_came_too_late(client):
    comment = make_comment()
    path = f"/discussion/edit/{comment.pk}/"

    signed_out = client.post(path, {"comment": "Half an hour's work."})
    comment.remove()
    client.force_login(comment.user)
    too_late = client.post(path, {"comment": "Half an hour's work."})

    assert (signed_out.status_code, too_late.status_code) == (HTTPStatus.FORBIDDEN, HTTPStatus.GONE)
    for response in (signed_out, too_late):
        assert "Half an hour's work." in visible_text(response)


def test_an_edit_from_before_signing_in_comes_back_with_a_fresh_token():
    client, comment = Client(enforce_csrf_checks=True), make_comment()
    client.force_login(comment.user)

    rejected = client.post(path := f"/discussion/edit/{comment.pk}/", {"comment": "Other words."})
    token = rejected.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    accepted = client.post(path, {"comment": "Other words.", "csrfmiddlewaretoken": token})

    assert rejected.status_code == HTTPStatus.FORBIDDEN
    assert "signed in or out after" in visible_text(rejected)
    assert "Other words." in visible_text(rejected)
    assert accepted.status_code == HTTPStatus.SEE_OTHER


@pytest.mark.parametrize("rule", [{"hold_words": "casino"}, {"reject_words": "casino"}, {"hold": "all"}])
def test_a_guest_who_confirms_is_judged_by_the_rules_of_that_day(client, rule):
    comment = make_guest_comment(text="Come to the casino.", state=State.UNCONFIRMED)
    make_rules(**rule)

    there = client.post(f"/discussion/confirm/{confirm_token(comment)}/")

    comment.refresh_from_db()
    assert there["Location"] == "/discussion/waiting/"
    assert comment.state == State.WAITING
    assert comment.hold_reason


@pytest.mark.parametrize("ended", ["page", "thread"])
def test_what_is_confirmed_after_the_discussion_was_ended_is_read_first(client, ended):
    top = make_comment()
    comment = make_guest_comment(reply_to=top, state=State.UNCONFIRMED)
    if ended == "page":
        Post.objects.filter(pk=top.page_id).update(comments_open=False)
    else:
        Comment.objects.filter(pk=top.pk).update(locked=True)

    there = client.post(f"/discussion/confirm/{confirm_token(comment)}/")

    comment.refresh_from_db()
    assert (there["Location"], comment.state) == ("/discussion/waiting/", State.WAITING)


def test_a_guest_who_was_banned_before_confirming_is_read_first(client):
    comment = make_guest_comment(state=State.UNCONFIRMED)
    Ban.objects.create(kind=Ban.Kind.REFUSE, address_hash=hash_address(comment.user_email))

    client.post(f"/discussion/confirm/{confirm_token(comment)}/")

    comment.refresh_from_db()
    assert (comment.state, comment.hold_reason) == (State.WAITING, HoldReason.RULES)


def test_a_guest_who_deletes_a_comment_leaves_nothing_of_themselves_behind(client):
    comment = make_guest_comment(user_url="https://heron.example.org/", ip_address="192.0.2.1", followup=True)
    make_comment(reply_to=comment, text="An answer.")
    Subscription.objects.subscribe(comment.page, address=comment.user_email, scope=Scope.REPLIES)

    client.post(by_link(comment, "delete/"))

    row = " ".join(str(value) for value in Comment.objects.values_list().get(pk=comment.pk))
    for trace in ("Grace", "Heron", "grace@", "heron.example", "192.0.2.1"):
        assert trace not in row
    comment.refresh_from_db()
    assert (comment.state, comment.followup) == (State.DELETED, False)
    assert "Deleted by its author." in visible_text(client.get(comment.page.url))
    assert not Subscription.objects.exists()


def test_a_guest_who_deletes_one_of_two_comments_is_still_told_of_answers(client):
    comment = make_guest_comment()
    make_guest_comment(on=comment.page, email="Grace@example.org")
    Subscription.objects.subscribe(comment.page, address="grace@example.org", scope=Scope.REPLIES)

    client.post(by_link(comment, "delete/"))

    assert Subscription.objects.count() == 1


def test_a_ban_outlives_what_a_guest_deletes(client):
    comment = make_guest_comment()
    Ban.objects.create(kind=Ban.Kind.REFUSE, address_hash=hash_address(comment.user_email))
    client.post(by_link(comment, "delete/"))

    again = make_guest_comment(on=comment.page)

    assert Ban.objects.against_author(again).exists()


def test_a_member_who_deletes_a_comment_stays_its_writer_for_the_account_to_erase(client):
    comment = make_comment(by=(author := make_user()))
    client.force_login(author)

    client.post(f"/discussion/delete/{comment.pk}/")

    comment.refresh_from_db()
    assert (comment.state, comment.comment, comment.user) == (State.DELETED, "", author)


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
