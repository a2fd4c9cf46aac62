"""Accounts in the Wagtail admin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from accounts import audit
from accounts.admin.grants import may_change_users, may_grant_group
from accounts.admin.permission_policy import RestrictedPermissionPolicy
from accounts.admin.viewsets import AccountEventViewSet, AffiliationViewSet, OrganisationViewSet
from accounts.models import AccountEvent, Affiliation, User

register_permission_policy(
    Affiliation, RestrictedPermissionPolicy(Affiliation, "view", "change"), exact_class=True
)
register_permission_policy(AccountEvent, RestrictedPermissionPolicy(AccountEvent, "view"), exact_class=True)
register_snippet(OrganisationViewSet)


@hooks.register("register_admin_viewset")
def viewsets() -> list[ModelViewSet]:
    return [AffiliationViewSet(), AccountEventViewSet()]


@hooks.register("register_permissions")
def group_permissions() -> QuerySet[Permission]:
    """Offer these permissions in the form of a group."""
    return Permission.objects.filter(
        content_type__app_label="accounts",
        codename__in=["view_accountevent", "view_affiliation", "change_affiliation"],
    )


@hooks.register("before_bulk_action")
def refuse_changes_beyond_own_rights(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> None:
    """Raises PermissionDenied for people who have more rights, and for a role that gives more."""
    if not may_change_users(request.user, [person for person in objects if isinstance(person, User)]):
        raise PermissionDenied
    if action_type == "assign_role" and request.method == "POST":
        role = action.cleaned_form.cleaned_data["role"]
        if not may_grant_group(request.user, role):
            raise PermissionDenied


@hooks.register("after_bulk_action")
def record_active_changes(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> None:
    """Record the accounts that Wagtail activates or deactivates in one statement, without signals."""
    if action_type != "set_active_state":
        return
    is_active = action.cleaned_form.cleaned_data["mark_as_active"]
    details = (_("%(flag)s on") if is_active else _("%(flag)s off")) % {"flag": "is_active"}
    for person in objects:
        if isinstance(person, User):
            audit.record(
                AccountEvent.Action.PERMISSIONS,
                person=person,
                details=details,
                request=request,
            )
