"""Who may moderate, and the groups that may."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet

from accounts.models import User

MODERATOR_GROUPS = ("Moderators", "Editors")
MODERATE_PERMISSION = "discussion.moderate_comment"


def grant_moderation() -> None:
    """Let Wagtail's own groups of moderators and editors moderate the discussion. Safe to repeat."""
    enter = Q(codename="access_admin", content_type__app_label="wagtailadmin")
    moderate = Q(codename="moderate_comment", content_type__app_label="discussion")
    permissions = list(Permission.objects.filter(enter | moderate))
    for name in MODERATOR_GROUPS:
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*permissions)


def moderators() -> QuerySet[User]:
    """Return who may moderate and has an address, by primary key, each with their e-mail preferences."""
    moderate = {
        "permissions__codename": "moderate_comment",
        "permissions__content_type__app_label": "discussion",
    }
    by_group = Q(**{f"groups__{lookup}": value for lookup, value in moderate.items()})
    by_user = Q(**{f"user_{lookup}": value for lookup, value in moderate.items()})
    allowed = User.objects.filter(by_group | by_user | Q(is_superuser=True)).values("pk")
    reachable = User.objects.filter(pk__in=allowed, is_active=True).exclude(email="")
    return reachable.select_related("notification_preferences").order_by("pk")


def is_moderator(user: User) -> bool:
    return moderators().filter(pk=user.pk).exists()
