"""The role and organization beside a commenter's name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from accounts.models import Affiliation, User


@dataclass(frozen=True)
class AuthorBadge:
    """What a person does and where; ``verified`` says that the organization is verified."""

    role: str
    organisation: str
    verified: bool


class Verification(NamedTuple):
    """What a person with a verified organization says they do, and the organization's name."""

    role: str
    organisation: str


def verifications_of(user_ids: Collection[int]) -> dict[int, Verification]:
    """Return the verification of each user who has one, by primary key; one query, none for nobody."""
    if not user_ids:
        return {}
    affiliations = Affiliation.objects.valid().filter(user__in=user_ids)
    rows = affiliations.values_list("user_id", "user__role", "organisation__name")
    return {pk: Verification(role, organisation) for pk, role, organisation in rows}


def badge_of(user: User, verifications: Mapping[int, Verification]) -> AuthorBadge:
    """Return the badge of ``user``; ``verifications`` were asked for them, too."""
    verification = verifications.get(user.pk)
    organisation = verification.organisation if verification else user.organisation
    return AuthorBadge(user.role, organisation, verified=verification is not None)


def badges_for(users: Iterable[User]) -> dict[int, AuthorBadge]:
    """Return the badge of each of ``users`` by primary key, in one query."""
    people = {user.pk: user for user in users}
    verifications = verifications_of(people)
    return {pk: badge_of(user, verifications) for pk, user in people.items()}
