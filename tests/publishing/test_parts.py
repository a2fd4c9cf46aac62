"""``{% part %}``."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from pagecache import fragments
from publishing.models import Topic


@pytest.fixture(autouse=True)
def _none_kept():
    fragments.clear()


def shown(source: str, **context: object) -> str:
    return Template(source).render(Context(context)).strip()


class Link(NamedTuple):
    title: str
    url: str


CHIPS = '{% part "components/chips.html" label="Topics" links=links %}'


def test_a_part_prints_what_an_include_does():
    include = '{% include "components/chips.html" with label="Topics" links=links only %}'
    links = (Link("Nurses & buses", "/topics/nurses/"),)

    assert shown(CHIPS, links=links) == shown(include, links=links)
    assert "Nurses &amp; buses" in shown(CHIPS, links=links)


def test_a_part_follows_its_values():
    shown(CHIPS, links=(Link("Nurses", "/topics/nurses/"),))

    assert "Buses" in shown(CHIPS, links=(Link("Buses", "/topics/buses/"),))


def test_a_part_sees_nothing_but_its_values():
    assert "Secret" not in shown('{% part "components/notice.html" tone="info" %}', text="Secret")


def test_a_lazy_translation_is_a_value():
    assert "Search" in shown('{% part "components/notice.html" text=text %}', text=gettext_lazy("Search"))


@pytest.mark.parametrize("value", [Topic(name="Buses"), ["Buses"], {"name": "Buses"}])
def test_what_may_change_unnoticed_is_refused(value):
    with pytest.raises(TypeError, match="A part takes"):
        shown(CHIPS, links=(value,))


def test_values_that_are_equal_but_print_otherwise_are_other_values():
    notice = '{% part "components/notice.html" text=text %}'

    assert "<b>" in shown(notice, text=mark_safe("<b>Nurses</b>"))
    assert "<b>" not in shown(notice, text="<b>Nurses</b>")
    assert ">1<" in shown(notice, text=1)
    assert ">True<" in shown(notice, text=True)
    assert ">1.0<" in shown(notice, text=1.0)


def test_markup_within_a_tuple_is_another_value_than_the_same_text():
    bold = "<b>Nurses</b>"

    assert bold in shown(CHIPS, links=(Link(mark_safe(bold), "/"),))
    assert bold not in shown(CHIPS, links=(Link(bold, "/"),))
