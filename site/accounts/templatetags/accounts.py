from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.profile import user_agent
from accounts.profile.initials import initials
from accounts.signin import social

register = template.Library()


@register.simple_tag
def offered() -> list[social.Offer]:
    return social.offered()


@register.simple_tag(takes_context=True)
def signed_in_with(context: template.Context) -> str | None:
    return social.signed_in_with(context["request"])


@register.inclusion_tag("account/parts/portrait.html")
def portrait(user: User) -> dict[str, str]:
    return {"address": user.portrait_url, "initials": initials(user.get_full_name())}


register.filter("initials", initials)


@register.filter
def browser(agent: str) -> str:
    """Name a browser for its user: "Firefox, Windows"."""
    return ", ".join(word for word in user_agent.told_by(agent) if word) or _("Unknown browser")
