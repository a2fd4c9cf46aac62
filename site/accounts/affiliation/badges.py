"""The role and organization beside a commenter's name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Affiliation, User
from pagecache.dependencies import expires_at


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
    rows = list(_verifications().filter(user__in=user_ids, expires_at__gt=timezone.now()))
    expires_at(min((until for *_, until in rows if until), default=None))
    return {pk: Verification(role, organisation) for pk, role, organisation, _until in rows}


@cache
def _verifications() -> QuerySet[Affiliation, tuple[int, str, str, datetime | None]]:
    """Return the query but for its users and the moment; to build it takes as long as to run it."""
    return Affiliation.objects.sound().values_list(
        "user_id", "user__role", "organisation__name", "expires_at"
    )


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
