"""Template tags about the person who is reading and how they sign in."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.profile import user_agent
from accounts.profile.avatars import initials
from accounts.signin import social

register = template.Library()


@register.simple_tag
def provider_buttons() -> list[social.ProviderButton]:
    return social.provider_buttons()


@register.inclusion_tag("account/parts/portrait.html")
def portrait(user: User) -> dict[str, str]:
    return {"url": user.portrait_url, "initials": initials(user.get_full_name())}


register.filter("initials", initials)


@register.filter
def browser_name(user_agent_header: str) -> str:
    """Name a browser for its user: "Firefox, Windows"."""
    names = user_agent.describe(user_agent_header)
    return ", ".join(name for name in names if name) or _("Unknown browser")
