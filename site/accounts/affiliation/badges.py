"""The role and organization beside a commenter's name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Affiliation, User


@dataclass(frozen=True)
class AuthorBadge:
    """What a person does and where; ``verified`` says that the organization is verified."""

    role: str
    organisation: str
    verified: bool


def badges_for(users: Iterable[User]) -> dict[int, AuthorBadge]:
    """Return the badge of each of ``users`` by primary key, in one query."""
    people = {user.pk: user for user in users}
    affiliations = Affiliation.objects.valid().filter(user__in=list(people))
    verified = dict(affiliations.values_list("user_id", "organisation__name")) if people else {}
    return {
        pk: AuthorBadge(user.role, verified.get(pk, user.organisation), pk in verified)
        for pk, user in people.items()
    }
