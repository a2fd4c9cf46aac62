"""Who may do what with documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy


class EditionDocumentPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's rules, except that nobody deletes the file of an edition."""

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        permitted = set(actions)
        if "delete" in permitted and instance.editions.exists():
            permitted.discard("delete")
        return bool(permitted) and super().user_has_any_permission_for_instance(user, permitted, instance)
