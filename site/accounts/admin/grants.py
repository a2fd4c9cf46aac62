"""Nobody gives away more rights than they have, nor changes the account of somebody who has more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.db.models import Q
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from accounts.models import User

# A right that holds beneath a place in a tree: the place's path, and the permission's name.
PlacedRight = tuple[str, str]


@dataclass(frozen=True)
class Rights:
    """Everything somebody may do: on the whole site, and beneath pages and collections."""

    permissions: frozenset[str]
    pages: frozenset[PlacedRight]
    collections: frozenset[PlacedRight]
    are_all: bool = False  # a superuser's, whatever the sets hold

    def cover(self, others: Rights) -> bool:
        """Say whether nothing in ``others`` goes beyond these."""
        return self.are_all or (
            not others.are_all
            and others.permissions <= self.permissions
            and all(_reaches(self.pages, right) for right in others.pages)
            and all(_reaches(self.collections, right) for right in others.collections)
        )


EVERYTHING = Rights(frozenset(), frozenset(), frozenset(), are_all=True)


def _reaches(rights: frozenset[PlacedRight], wanted: PlacedRight) -> bool:
    path, name = wanted
    return any(path.startswith(above) for above, held in rights if held == name)


def rights_of(groups: Q, *, own: frozenset[str] = frozenset()) -> Rights:
    """Return what the groups of a condition on Group may do together, and ``own`` besides."""
    chosen = Group.objects.filter(groups).values("pk")
    permissions = Permission.objects.filter(group__in=chosen).values_list(
        "content_type__app_label", "codename"
    )
    pages = GroupPagePermission.objects.filter(group__in=chosen)
    collections = GroupCollectionPermission.objects.filter(group__in=chosen)
    return Rights(
        own | frozenset(f"{app}.{name}" for app, name in permissions),
        frozenset(pages.values_list("page__path", "permission__codename")),
        frozenset(collections.values_list("collection__path", "permission__codename")),
    )


def rights_of_user(user: User) -> Rights:
    """Return what an account may do; a superuser everything."""
    if user.is_superuser:
        return EVERYTHING
    personal = user.user_permissions.values_list("content_type__app_label", "codename")
    return rights_of(Q(user=user), own=frozenset(f"{app}.{name}" for app, name in personal))


def may_change_users(actor: User | AnonymousUser, people: Iterable[User]) -> bool:
    """Say whether ``actor`` has every right that any of ``people`` has; of oneself everybody has."""
    if not actor.is_authenticated:
        return False
    rights = rights_of_user(actor)
    return all(person == actor or rights.cover(rights_of_user(person)) for person in people)


def may_grant_group(actor: User | AnonymousUser, group: Group) -> bool:
    """Say whether ``actor`` has every right that ``group`` gives."""
    return actor.is_authenticated and rights_of_user(actor).cover(rights_of(Q(pk=group.pk)))


def grantable_groups(actor: User | AnonymousUser) -> list[int]:
    """Return the keys of the groups that ``actor`` may put people into."""
    if not actor.is_authenticated:
        return []
    rights = rights_of_user(actor)
    return [group.pk for group in Group.objects.all() if rights.cover(rights_of(Q(pk=group.pk)))]
