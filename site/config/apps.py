"""How this site bends Wagtail's own apps."""

from __future__ import annotations

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's people, edited by our form: one name, no first and last."""

    user_viewset = "accounts.admin.user_forms.PeopleViewSet"
