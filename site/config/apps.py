"""Wagtail's own apps, adapted."""

from __future__ import annotations

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's admin of people and groups with our views: one name, and no rights beyond one's own."""

    user_viewset = "accounts.admin.user_forms.PersonViewSet"
    group_viewset = "accounts.admin.user_forms.RestrictedGroupViewSet"
