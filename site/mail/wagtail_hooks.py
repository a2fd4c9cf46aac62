"""The mail room in the Wagtail admin."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks

from mail.admin import SuppressedDesk

RIGHTS = [f"{deed}_suppressed" for deed in ("add", "delete", "view")]


@hooks.register("register_admin_viewset")
def desk() -> SuppressedDesk:
    return SuppressedDesk()


@hooks.register("register_permissions")
def rights_of_groups() -> QuerySet[Permission]:
    """Let administrators hand out these rights among a group's others."""
    return Permission.objects.filter(content_type__app_label="mail", codename__in=RIGHTS)
