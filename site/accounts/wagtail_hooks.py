"""Accounts in the Wagtail admin."""

from __future__ import annotations

from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from accounts.desks import Only, OrganisationViewSet, TracesDesk, VoicesDesk
from accounts.models import Trace, Voice

register_permission_policy(Voice, Only(Voice, "view", "change"), exact_class=True)
register_permission_policy(Trace, Only(Trace, "view"), exact_class=True)
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
