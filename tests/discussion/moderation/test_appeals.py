"""A commenter is told why their comment was removed, and can appeal once."""

from __future__ import annotations

import pytest
from wagtail.models import ModelLogEntry

from discussion.models import Appeal, Comment, State
from discussion.moderation.actions import apply_action
from mail.models import QueuedEmail
from tests.support.comments import make_comment, make_guest_comment, visible_text
from tests.support.factories import make_user
from tests.support.moderation import JOAN, appeal_path, emails_to, make_moderator, make_rules, paths_in

pytestmark = pytest.mark.django_db


def test_the_writer_is_notified_which_rule_by_email(removed):
    (email,) = emails_to(JOAN)

    assert "2. Argue with the point, not the person" in email.text
    assert "Please leave people out of it." in email.text
    assert ModelLogEntry.objects.get().data == {"rule": 2}


def test_a_guest_is_notified_too_and_a_spammer_is_not():
    moderator = make_moderator()
    apply_action(make_guest_comment(email="grace@example.org"), "remove", by=moderator, rule=1)
    apply_action(make_guest_comment(email="spam@example.org"), "mark_as_spam", by=moderator)

    assert len(emails_to("grace@example.org")) == 1
    assert not emails_to("spam@example.org")


def test_an_appeal_comes_back_to_the_queue(client, removed):
    client.post(appeal_path(emails_to(JOAN)[0]), {"words": "Look again."})
    client.force_login(make_moderator())

    words = visible_text(client.get("/admin/discussion/?queue=waiting"))

    assert "You are all fools." in words
    assert "appeal" in words


def test_restoring_grants_the_appeal_and_tells_the_writer(client, removed):
    client.post(appeal_path(emails_to(JOAN)[0]), {"words": "Look again."})

    apply_action(Comment.objects.get(), "restore", by=make_moderator())

    assert Appeal.objects.get().accepted is True
    assert "is published again" in emails_to(JOAN)[-1].text


def test_approving_what_was_held_after_its_removal_grants_the_appeal_too(client, removed):
    client.post(appeal_path(emails_to(JOAN)[0]), {"words": "Look again."})
    moderator = make_moderator(email="second@example.org")

    apply_action(Comment.objects.get(), "hold", by=moderator)
    still_open = Appeal.objects.open().exists()
    apply_action(Comment.objects.get(), "approve", by=moderator)

    assert still_open
    assert Appeal.objects.get().accepted is True
    assert "is published again" in emails_to(JOAN)[-1].text


def test_letting_it_stand_declines_the_appeal_tells_the_writer_and_is_logged(client, removed):
    client.post(appeal_path(emails_to(JOAN)[0]), {"words": "Look again."})
    client.force_login(make_moderator())

    client.post(f"/admin/discussion/act/{removed.pk}/decline/", {"words": "We looked twice."})

    assert Appeal.objects.get().accepted is False
    assert "stays removed." in emails_to(JOAN)[-1].text
    assert "We looked twice." in emails_to(JOAN)[-1].text
    assert ModelLogEntry.objects.filter(action="discussion.uphold").exists()
    assert "You are all fools." not in visible_text(client.get("/admin/discussion/?queue=waiting"))


def test_a_second_removal_offers_no_second_appeal(client, removed):
    client.post(appeal_path(emails_to(JOAN)[0]), {"words": "Look again."})
    apply_action(Comment.objects.get(), "restore", by=make_moderator())

    apply_action(Comment.objects.get(), "remove", by=make_moderator(), rule=3)

    assert paths_in(emails_to(JOAN)[-1], "appeal") == []


def test_a_house_with_other_rules_cites_its_own(client):
    make_rules(house_rules="Be kind\nBe brief")
    comment = make_comment(by=make_user(email=JOAN))

    apply_action(comment, "remove", by=make_moderator(), rule=2)

    assert "2. Be brief" in emails_to(JOAN)[0].text


def test_who_has_no_address_any_more_gets_no_email():
    Comment.objects.filter(pk=make_comment().pk).update(user=None)

    apply_action(Comment.objects.get(), "remove", by=make_moderator(), rule=1)

    assert Comment.objects.get().state == State.REMOVED
    assert not QueuedEmail.objects.exists()
