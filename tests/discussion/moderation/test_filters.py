"""The queues of the moderation list and its filters."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from discussion.models import Comment, Report, State
from discussion.models.comment_state import HoldReason
from tests.support.comments import make_comment, make_guest_comment, queries_of, visible_text
from tests.support.factories import make_user
from tests.support.moderation import ADMIN

pytestmark = pytest.mark.django_db


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
