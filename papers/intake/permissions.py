"""Who may do what with documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy


class KeepsEditions(CollectionOwnershipPermissionPolicy):
    """Wagtail's rules, except that nobody deletes the file of an edition."""

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        wanted = set(actions)
        if "delete" in wanted and instance.editions.exists():
            wanted.discard("delete")
        return bool(wanted) and super().user_has_any_permission_for_instance(user, wanted, instance)
