"""Documents and images in the admin's API: only to those who may choose or change them.

Wagtail's own lists them for everybody who may enter the admin, files of drafts included.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry

ACTIONS = ["add", "change", "delete", "choose"]


class PermittedFilesMixin:
    def get_queryset(self: Any) -> QuerySet:
        policy = policy_registry.get_by_type(self.model)
        permitted = policy.instances_user_has_any_permission_for(self.request.user, ACTIONS)
        return super().get_queryset().filter(pk__in=permitted.values("pk"))  # type: ignore[misc]


class PermittedDocumentsViewSet(PermittedFilesMixin, DocumentsAdminAPIViewSet):
    pass


class PermittedImagesViewSet(PermittedFilesMixin, ImagesAdminAPIViewSet):
    pass
