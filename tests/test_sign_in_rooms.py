"""Higher rooms enter what they know about a reader, and accounts asks them all."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils.safestring import mark_safe

from accounts import rooms
from accounts.models import User
from tests.makes import make_user


@pytest.fixture(autouse=True)
def empty(monkeypatch):
    monkeypatch.setattr(rooms, "_sections", [])
    monkeypatch.setattr(rooms, "_parts", {})
    monkeypatch.setattr(rooms, "_steps", [])


def test_sections_come_in_their_order_and_empty_ones_stay_away(rf):
    rooms.section("Later", order=60)(lambda request: mark_safe("<p>later</p>"))
    rooms.section("First", order=10)(lambda request: mark_safe("<p>first</p>"))
    rooms.section("Nothing")(lambda request: mark_safe("  "))

    assert [section.title for section in rooms.sections(rf.get("/"))] == ["First", "Later"]


def test_the_export_holds_every_part_under_its_name():
    rooms.export_part("comments")(lambda user: ["one"])
    rooms.export_part("letters")(lambda user: [])

    assert rooms.export(User(name="Ada")) == {"comments": ["one"], "letters": []}


def test_two_parts_cannot_share_a_name():
    rooms.export_part("comments")(lambda user: [])

    with pytest.raises(ValueError, match="comments"):
        rooms.export_part("comments")(lambda user: [])


@pytest.mark.django_db
def test_an_erasure_takes_its_steps_in_order():
    taken = []
    rooms.erasure_step(order=90)(lambda user: taken.append("account"))
    rooms.erasure_step(order=10)(lambda user: taken.append("comments"))

    rooms.erase(make_user())

    assert taken == ["comments", "account"]


@pytest.mark.django_db
def test_an_erasure_that_fails_has_erased_nothing():
    user = make_user(name="Ada")

    def rename(user):
        user.name = "erased"
        user.save()

    def fail(user):
        raise RuntimeError

    rooms.erasure_step(order=10)(rename)
    rooms.erasure_step(order=20)(fail)

    with pytest.raises(RuntimeError), transaction.atomic():
        rooms.erase(user)

    user.refresh_from_db()
    assert user.name == "Ada"
