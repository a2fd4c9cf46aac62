"""``{% part "…" %}``: an include that is kept, in every template without ``{% load %}``."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeData, SafeString
from django.utils.translation import get_language

from pagecache import fragments
from pagecache.kept_values import kept

register = template.Library()

PLAIN = (str, int, bool, float, date, type(None))


@register.simple_tag
def part(template_name: str, **values: Any) -> SafeString:
    """Return what ``{% include template_name with … only %}`` prints, rendered once for the same values.

    The values are all that the template sees, so it can show nothing that is not in its key: text,
    numbers, dates, and tuples of these. Raises TypeError for others, such as a model or a list.
    """
    plain = {name: plain_value(value) for name, value in values.items()}
    key = (template_name, *((name, key_of(value)) for name, value in plain.items()))
    return fragments.render(key, partial(render_to_string, template_name, plain))


@register.simple_tag(takes_context=True)
def page_part(context: template.Context, template_name: str, page: Any) -> SafeString:
    """Return a part of a page that shows the same to everybody, kept until something it reads changes.

    The template sees ``page`` and what the page's ``part_context`` adds. A preview is rendered anew.
    """
    is_preview = getattr(context.get("request"), "is_preview", False)

    def render(page: Any) -> SafeString:
        return render_to_string(template_name, {"page": page, **page.part_context(is_preview=is_preview)})

    if is_preview or page.loaded_from is None or settings.DEBUG:  # templates change while the site runs
        return render(page)
    key = ("page part", template_name, page.pk, get_language())
    source = page.for_parts
    return kept(key, partial(render, source), made_of=source.loaded_from)


def plain_value(value: Any) -> Any:
    """Return ``value``, translated if it is still to be. Raises TypeError where it may change unnoticed."""
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, tuple):
        plain = [plain_value(one) for one in value]
        return value._make(plain) if hasattr(value, "_make") else tuple(plain)
    raise TypeError(f"A part takes text, numbers, dates and tuples of these, no {type(value).__name__}.")


def key_of(value: Any) -> Any:
    """Return what is equal only for values that print alike: True is 1 to Python, and markup is text."""
    if isinstance(value, tuple):
        return tuple(map(key_of, value))
    return (type(value), value) if isinstance(value, SafeData | bool | float) else value
