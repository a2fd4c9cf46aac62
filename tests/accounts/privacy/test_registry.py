"""Higher rooms enter what they know about a reader, and accounts asks them all."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils.safestring import mark_safe

from accounts.models import User
from accounts.privacy import registry
from tests.support.factories import make_user


@pytest.fixture(autouse=True)
def empty(monkeypatch):
    monkeypatch.setattr(registry, "_sections", [])
    monkeypatch.setattr(registry, "_exporters", {})
    monkeypatch.setattr(registry, "_erasers", [])


def test_sections_come_in_their_order_and_empty_ones_stay_away(rf):
    registry.profile_section("Later", order=60)(lambda request: mark_safe("<p>later</p>"))
    registry.profile_section("First", order=10)(lambda request: mark_safe("<p>first</p>"))
    registry.profile_section("Nothing")(lambda request: mark_safe("  "))

    assert [section.title for section in registry.render_sections(rf.get("/"))] == ["First", "Later"]


def test_the_export_holds_every_part_under_its_name():
    registry.exporter("comments")(lambda user: ["one"])
    registry.exporter("letters")(lambda user: [])

    assert registry.export(User(name="Ada")) == {"comments": ["one"], "letters": []}


def test_two_parts_cannot_share_a_name():
    registry.exporter("comments")(lambda user: [])

    with pytest.raises(ValueError, match="comments"):
        registry.exporter("comments")(lambda user: [])


@pytest.mark.django_db
def test_an_erasure_takes_its_steps_in_order():
    calls = []
    registry.eraser(order=90)(lambda user: calls.append("account"))
    registry.eraser(order=10)(lambda user: calls.append("comments"))

    registry.erase(make_user())

    assert calls == ["comments", "account"]


@pytest.mark.django_db
def test_an_erasure_that_fails_has_erased_nothing():
    user = make_user(name="Ada")

    def rename(user):
        user.name = "erased"
        user.save()

    def fail(user):
        raise RuntimeError

    registry.eraser(order=10)(rename)
    registry.eraser(order=20)(fail)

    with pytest.raises(RuntimeError), transaction.atomic():
        registry.erase(user)

    user.refresh_from_db()
    assert user.name == "Ada"
