"""Accounts in the Wagtail admin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from accounts import audit
from accounts.admin.permission_policy import RestrictedPermissionPolicy
from accounts.admin.viewsets import OrganisationViewSet, TracesDesk, VoicesDesk
from accounts.models import Trace, User, Voice

register_permission_policy(Voice, RestrictedPermissionPolicy(Voice, "view", "change"), exact_class=True)
register_permission_policy(Trace, RestrictedPermissionPolicy(Trace, "view"), exact_class=True)
register_snippet(OrganisationViewSet)


@hooks.register("register_admin_viewset")
def desks() -> list[ModelViewSet]:
    return [VoicesDesk(), TracesDesk()]


@hooks.register("register_permissions")
def rights_of_groups() -> object:
    """Let administrators hand out these rights among a group's others."""
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(
        content_type__app_label="accounts", codename__in=["view_trace", "view_voice", "change_voice"]
    )


@hooks.register("after_bulk_action")
def note_who_was_switched(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> None:
    """Write down what Wagtail changes in one statement, past all signals."""
    if action_type != "set_active_state":
        return
    word = "on" if action.cleaned_form.cleaned_data["mark_as_active"] else "off"
    for person in objects:
        if isinstance(person, User):
            audit.write(Trace.Deed.RIGHTS, person=person, details=f"is_active {word}", request=request)
