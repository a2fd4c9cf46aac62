"""The name a person goes by, as a provider tells it. Never made from an address."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

LONGEST = 150  # characters, as many as accounts.User keeps


def told(profile: Mapping[str, Any]) -> str:
    """Return the name in a provider's profile, tidied but whole; empty when it tells none."""
    for part in (profile, profile.get("userinfo"), profile.get("id_token")):
        if isinstance(part, Mapping) and (name := _in(part)):
            return name
    return ""


def fitting(name: str) -> str:
    """Return ``name`` cut to what fits, between words where possible."""
    if len(name) <= LONGEST:
        return name
    cut = name[: LONGEST + 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut)[:LONGEST].rstrip()


def tidy(name: str) -> str:
    """Return ``name`` on one line, without control and invisible direction characters."""
    kept = "".join(" " if unicodedata.category(one) in ("Cc", "Zl", "Zp") else one for one in name)
    bare = "".join(
        one for one in kept if one not in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
    return " ".join(bare.split())


def shown(user: Any) -> str:
    return user.get_full_name()


def _in(profile: Mapping[str, Any]) -> str:
    whole = [profile.get(key) for key in ("name", "displayName", "display_name")]
    halves = [(profile.get("given_name"), profile.get("family_name"))]
    halves += [(profile.get("givenName"), profile.get("surname"))]
    joined = [" ".join(half for half in pair if isinstance(half, str)) for pair in halves]
    for name in [*whole, *joined]:
        tidied = tidy(name) if isinstance(name, str) else ""
        # Some accounts carry their address as their name; that is nobody's name.
        if tidied and "@" not in tidied:
            return tidied
    return ""
