"""A person's name, as a provider gives it or a person types it. It is never made from an e-mail address.

allauth's forms inherit from NameForm (ACCOUNT_SIGNUP_FORM_CLASS), so this module can't import what imports
them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from mail.invisible import is_invisible

MAX_LENGTH = 150  # characters, as User.name
# Invisible, but not without effect: they join or part letters of many scripts, and make emoji of signs.
JOINERS = "\u200c\u200d\ufe0f"


def from_profile(profile: Mapping[str, Any]) -> str:
    """Return the name in a provider's profile, tidied but not cut; empty where there is none."""
    for part in (profile, profile.get("userinfo"), profile.get("id_token")):
        if isinstance(part, Mapping) and (name := _name_in(part)):
            return name
    return ""


def truncate(name: str) -> str:
    """Return ``name`` cut to MAX_LENGTH, between words where possible."""
    if len(name) <= MAX_LENGTH:
        return name
    start = name[: MAX_LENGTH + 1]
    return (start.rsplit(" ", 1)[0] if " " in start else start)[:MAX_LENGTH].rstrip()


def tidy(name: str) -> str:
    """Return ``name`` on one line, without what would make it look like another, or like none."""
    line = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in name)
    return " ".join(
        "".join(seen for before, seen in pairwise(f" {line}") if has_effect(before, seen)).split()
    )


def has_effect(before: str, character: str) -> bool:
    """Say whether ``character`` shows behind the one before it; a joiner does so in no Latin word."""
    if character in JOINERS:
        return not (before.isascii() or before.isspace() or is_invisible(before))
    return not is_invisible(character)


def display_name(user: Any) -> str:
    """Return the name of ``user``, for allauth (ACCOUNT_USER_DISPLAY)."""
    return user.get_full_name()


def _name_in(profile: Mapping[str, Any]) -> str:
    candidates = [profile.get(key) for key in ("name", "displayName", "display_name")]
    pairs = [("given_name", "family_name"), ("givenName", "surname")]
    for given, family in pairs:
        parts = [profile.get(given), profile.get(family)]
        candidates.append(" ".join(part for part in parts if isinstance(part, str)))
    for candidate in candidates:
        name = tidy(candidate) if isinstance(candidate, str) else ""
        # Some accounts have their e-mail address as their name.
        if name and "@" not in name:
            return name
    return ""


class NameForm(forms.Form):
    """The field that signing up by password and by provider have in common."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=MAX_LENGTH,
        help_text=_("Shown next to your comments. Use the name people at work know you by."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_name(self) -> str:
        name = tidy(self.cleaned_data["name"])
        if not name:
            raise ValidationError(_("Enter your name."))
        if "@" in name:
            raise ValidationError(
                _("Enter a name, not an e-mail address: names are published. For example, Maria Alvarez.")
            )
        return name

    def signup(self, request: HttpRequest, user: User) -> None:
        """Do nothing: AccountAdapter sets the name before the first save."""
