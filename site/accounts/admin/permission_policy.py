"""Permissions in the Wagtail admin for models on which only some actions make sense."""

from __future__ import annotations

from django.db.models import Model, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.models import User


class RestrictedPermissionPolicy(ModelPermissionPolicy):
    """Permissions for ``actions`` on ``model``; nobody may do anything else, superusers included.

    A user needs the model permission of the same name, or where ``required`` is
    given the permission for that one action, on ``auth_model`` if given.
    """

    def __init__(
        self, model: type[Model], *actions: str, auth_model: type[Model] | None = None, required: str = ""
    ) -> None:
        super().__init__(model, auth_model=auth_model)
        self.actions = actions
        self.required = required

    def user_has_permission(self, user: User, action: str) -> bool:
        return action in self.actions and super().user_has_permission(user, self.required or action)

    def user_has_any_permission(self, user: User, actions: list[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions: list[str]) -> QuerySet[User]:
        allowed = [self.required or action for action in actions if action in self.actions]
        return super().users_with_any_permission(allowed) if allowed else User.objects.none()
