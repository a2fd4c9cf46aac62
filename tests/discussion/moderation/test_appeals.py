"""A writer is told why, and can ask for a second look, once."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.core.cache import cache
from wagtail.models import ModelLogEntry

from discussion.models import Appeal, Comment, State
from discussion.moderation.actions import act
from mail.models import QueuedEmail
from tests.support.comments import make_comment, make_guest_comment, words_of
from tests.support.factories import make_user
from tests.support.moderation import letters_to, links_in, make_moderator, make_rules

pytestmark = pytest.mark.django_db
JOAN = "joan@example.org"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def removed():
    comment = make_comment(by=make_user(email=JOAN), text="You are all fools.")
    act(comment, "remove", by=make_moderator(), rule=2, words="Please leave people out of it.")
    return comment


def door_of(letter):
    return links_in(letter, "appeal")[0]


def test_the_writer_is_told_which_rule_by_letter(removed):
    (letter,) = letters_to(JOAN)

    assert "2. Argue with the point, not the person" in letter.text
    assert "Please leave people out of it." in letter.text
    assert ModelLogEntry.objects.get().data == {"rule": 2}


def test_a_guest_is_told_too_and_a_spammer_is_not():
    moderator = make_moderator()
    act(make_guest_comment(email="grace@example.org"), "remove", by=moderator, rule=1)
    act(make_guest_comment(email="spam@example.org"), "mark_as_spam", by=moderator)

    assert len(letters_to("grace@example.org")) == 1
    assert not letters_to("spam@example.org")


def test_an_appeal_is_asked_for_on_get_and_kept_on_post(client, removed):
    door = door_of(letters_to(JOAN)[0])

    asked = words_of(client.get(door))
    assert not Appeal.objects.exists()
    done = client.post(door, {"words": "I was quoting somebody."})

    assert "You are all fools." in asked
    assert "2. Argue with the point" in asked
    assert "Your appeal is with the moderators" in words_of(done)
    assert Appeal.objects.get().text == "I was quoting somebody."


def test_there_is_one_appeal_only(client, removed):
    door = door_of(letters_to(JOAN)[0])
    client.post(door, {"words": "First."})

    client.post(door, {"words": "Second."})

    assert Appeal.objects.get().text == "First."
    assert "Your appeal is with the moderators" in words_of(client.get(door))


def test_an_appeal_needs_words_and_our_own_form(client, removed):
    door = door_of(letters_to(JOAN)[0])

    assert client.post(door, {"words": " "}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert client.post(door, {"words": "x" * 2001}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    foreign = client.post(door, {"words": "x"}, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == HTTPStatus.FORBIDDEN
    assert not Appeal.objects.exists()


def test_whoever_knocks_too_often_is_told_when_to_come_again(client, settings, removed):
    settings.LIMITS, settings.RATE_LIMITS = True, {"report": "1/h/ip"}
    door = door_of(letters_to(JOAN)[0])

    answers = [client.post(door, {"words": ""}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [422, 429]
    assert answers[1]["Retry-After"] == "3600"


def test_an_appeal_comes_back_to_the_queue(client, removed):
    client.post(door_of(letters_to(JOAN)[0]), {"words": "Look again."})
    client.force_login(make_moderator())

    words = words_of(client.get("/admin/discussion/?queue=waiting"))

    assert "You are all fools." in words
    assert "appeal" in words


def test_restoring_grants_the_appeal_and_tells_the_writer(client, removed):
    client.post(door_of(letters_to(JOAN)[0]), {"words": "Look again."})

    act(Comment.objects.get(), "restore", by=make_moderator())

    assert Appeal.objects.get().accepted is True
    assert "is back in its place" in letters_to(JOAN)[-1].text


def test_letting_it_stand_declines_the_appeal_tells_the_writer_and_is_logged(client, removed):
    client.post(door_of(letters_to(JOAN)[0]), {"words": "Look again."})
    client.force_login(make_moderator())

    client.post(f"/admin/discussion/act/{removed.pk}/decline/", {"words": "We looked twice."})

    assert Appeal.objects.get().accepted is False
    assert "It stays removed." in letters_to(JOAN)[-1].text
    assert "We looked twice." in letters_to(JOAN)[-1].text
    assert ModelLogEntry.objects.filter(action="discussion.uphold").exists()
    assert "You are all fools." not in words_of(client.get("/admin/discussion/?queue=waiting"))


def test_a_second_removal_offers_no_second_appeal(client, removed):
    client.post(door_of(letters_to(JOAN)[0]), {"words": "Look again."})
    act(Comment.objects.get(), "restore", by=make_moderator())

    act(Comment.objects.get(), "remove", by=make_moderator(), rule=3)

    assert links_in(letters_to(JOAN)[-1], "appeal") == []


def test_what_is_not_removed_any_more_cannot_be_appealed(client, removed):
    door = door_of(letters_to(JOAN)[0])
    act(Comment.objects.get(), "restore", by=make_moderator())

    assert client.get(door).status_code == HTTPStatus.GONE


def test_a_house_with_other_rules_cites_its_own(client):
    make_rules(house_rules="Be kind\nBe brief")
    comment = make_comment(by=make_user(email=JOAN))

    act(comment, "remove", by=make_moderator(), rule=2)

    assert "2. Be brief" in letters_to(JOAN)[0].text


def test_who_has_no_address_any_more_gets_no_letter():
    Comment.objects.filter(pk=make_comment().pk).update(user=None)

    act(Comment.objects.get(), "remove", by=make_moderator(), rule=1)

    assert Comment.objects.get().state == State.REMOVED
    assert not QueuedEmail.objects.exists()
