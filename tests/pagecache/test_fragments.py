"""Parts of pages, kept under everything that they show."""

from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.html import format_html

from pagecache import fragments


@pytest.fixture(autouse=True)
def _none_kept():
    fragments.clear()
    yield
    fragments.clear()


class Card:
    """Counts how often it is rendered."""

    def __init__(self) -> None:
        self.times = 0

    def shown(self, title: str) -> str:
        def render() -> str:
            self.times += 1
            return format_html("<b>{}</b>", title)

        return fragments.render(("card", title), render)


def test_a_part_is_rendered_once():
    card = Card()

    assert card.shown("Nurses & buses") == card.shown("Nurses & buses") == "<b>Nurses &amp; buses</b>"
    assert card.times == 1


def test_a_part_is_safe_to_print():
    assert hasattr(Card().shown("Nurses"), "__html__")


def test_another_value_is_another_part():
    card = Card()

    assert card.shown("Nurses") != card.shown("Buses")


def test_another_language_is_another_part():
    card = Card()
    card.shown("Nurses")
    with translation.override("es"):
        card.shown("Nurses")

    assert card.times == 2


def test_what_is_used_least_is_dropped_first(monkeypatch):
    monkeypatch.setattr(fragments, "MAX_BYTES", 20_000)
    card = Card()
    for number in range(50):
        card.shown("Nurses")
        card.shown(f"Note {number}")
    card.times = 0

    card.shown("Nurses")
    assert card.times == 0
    card.shown("Note 0")
    assert card.times == 1


def test_a_part_larger_than_its_share_is_not_kept(monkeypatch):
    monkeypatch.setattr(fragments, "MAX_BYTES", 20_000)
    card = Card()

    card.shown("N" * 10_000)
    card.shown("N" * 10_000)

    assert card.times == 2


def test_nothing_is_kept_while_templates_are_edited(settings):
    settings.DEBUG = True
    card = Card()

    card.shown("Nurses")
    card.shown("Nurses")

    assert card.times == 2
