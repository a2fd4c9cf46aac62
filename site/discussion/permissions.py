"""Who may moderate."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

MODERATOR_GROUPS = ("Moderators", "Editors")


def grant_moderation() -> None:
    """Give Wagtail's own groups of moderators and editors the desk of the discussion. Safe to repeat."""
    enter = Q(codename="access_admin", content_type__app_label="wagtailadmin")
    moderate = Q(codename="moderate_comment", content_type__app_label="discussion")
    permissions = list(Permission.objects.filter(enter | moderate))
    for name in MODERATOR_GROUPS:
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*permissions)
