from __future__ import annotations

from django import template

from accounts import journeys

register = template.Library()


@register.simple_tag
def offered() -> list[journeys.Offer]:
    return journeys.offered()


@register.simple_tag(takes_context=True)
def signed_in_with(context: template.Context) -> str | None:
    return journeys.signed_in_with(context["request"])
