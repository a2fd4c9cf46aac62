"""Nobody gives away more rights than they have, nor changes the account of somebody who has more."""

from __future__ import annotations

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

    def cover(self, others: Rights) -> bool:
        """Say whether nothing in ``others`` goes beyond these."""
        return (
            others.permissions <= self.permissions
            and all(_reaches(self.pages, right) for right in others.pages)
            and all(_reaches(self.collections, right) for right in others.collections)
        )


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
    personal = user.user_permissions.values_list("content_type__app_label", "codename")
    return rights_of(Q(user=user), own=frozenset(f"{app}.{name}" for app, name in personal))


def may_change_user(actor: User | AnonymousUser, person: User) -> bool:
    """Say whether ``actor`` has every right that ``person`` has."""
    if not isinstance(actor, User) or actor.is_superuser or actor == person:
        return isinstance(actor, User)
    return not person.is_superuser and rights_of_user(actor).cover(rights_of_user(person))


def may_grant_group(actor: User | AnonymousUser, group: Group) -> bool:
    """Say whether ``actor`` has every right that ``group`` gives."""
    if not isinstance(actor, User) or actor.is_superuser:
        return isinstance(actor, User)
    return rights_of_user(actor).cover(rights_of(Q(pk=group.pk)))


def grantable_groups(actor: User | AnonymousUser) -> list[int]:
    """Return the keys of the groups that ``actor`` may put people into."""
    return [group.pk for group in Group.objects.all() if may_grant_group(actor, group)]
