"""Wagtail's own apps, adapted."""

from __future__ import annotations

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's user admin with our form: one name, no first and last."""

    user_viewset = "accounts.admin.user_forms.PersonViewSet"
