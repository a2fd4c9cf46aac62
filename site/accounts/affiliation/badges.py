"""Who people are, as threads show it beside their names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User, Voice


@dataclass(frozen=True)
class Standing:
    """What somebody does and where; ``verified`` says that the organization is confirmed."""

    role: str
    organisation: str
    verified: bool


def standing_of(users: Iterable[User]) -> dict[int, Standing]:
    """Return the standing of each of ``users`` by its number, in one query."""
    people = {user.pk: user for user in users}
    voices = Voice.objects.standing().filter(user__in=list(people))
    confirmed = dict(voices.values_list("user_id", "organisation__name")) if people else {}
    return {
        number: Standing(user.role, confirmed.get(number, user.organisation), number in confirmed)
        for number, user in people.items()
    }


def roles() -> list[str]:
    """Return the roles that people with a confirmed organization state, each once, for a filter."""
    stated = User.objects.verified().exclude(role="").values_list("role", flat=True)
    return sorted({role.casefold(): role for role in stated}.values(), key=str.casefold)
