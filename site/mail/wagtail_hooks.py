"""The mail app in the Wagtail admin."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks

from mail.admin import SuppressedAddressViewSet

PERMISSIONS = [f"{action}_suppressedaddress" for action in ("add", "delete", "view")]


@hooks.register("register_admin_viewset")
def register_viewset() -> SuppressedAddressViewSet:
    return SuppressedAddressViewSet()


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """Let administrators grant these permissions to groups."""
    return Permission.objects.filter(content_type__app_label="mail", codename__in=PERMISSIONS)
