"""From their own page people take along everything they said, and take it back a week after they asked."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.deletion import service
from discussion.models import Comment, State
from discussion.threads.integrity import check_integrity
from tests.support.comments import make_comment, post_comment, visible_text
from tests.support.factories import make_post
from tests.support.stand_in import fresh_limits, reader, sign_in, stand_in

__all__ = ["fresh_limits", "stand_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in")]


def test_everything_a_person_said_is_in_the_file_they_take_along(client):
    sign_in(client, "google")
    comment = make_comment(by=reader(client), text="In my own words.")
    comment.add_addendum("And more.")
    make_comment(on=comment.page, by=reader(client), text="Not read yet.", state=State.WAITING)
    make_comment(on=comment.page, text="Somebody else's.")

    export = json.loads(client.get("/accounts/me/data/").content)

    assert [(one["text"], one["addendum"], one["state"]) for one in export["comments"]] == [
        ("In my own words.", "And more.", "published"),
        ("Not read yet.", "", "waiting"),
    ]
    assert export["comments"][0]["address"] == comment.get_absolute_url()
    assert "Somebody else" not in json.dumps(export)


def test_a_week_after_they_asked_the_words_are_gone_and_the_thread_is_whole(client):
    post = make_post()
    sign_in(client, "google")
    member = reader(client)
    post_comment(client, post, comment="My own words.")
    make_comment(reply_to=Comment.objects.get(), text="An answer to them.")
    client.post("/accounts/me/leave/")
    assert service.delete_due() == 0
    assert "My own words." in visible_text(client.get(post.url))

    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1), tick=False):
        assert service.delete_due() == 1
        words = visible_text(client.get(post.url))

    assert "An answer to them." in words
    assert "Deleted with its author’s account." in words
    for gone in ("My own words.", member.name):
        assert gone not in words
    assert check_integrity().is_clean
