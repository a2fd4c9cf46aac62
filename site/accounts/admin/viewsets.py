"""The Wagtail admin's lists of organizations, affiliations and account events."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from accounts.affiliation import verification
from accounts.models import AccountEvent, Affiliation, Organisation


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "group"
    list_display = ["name"]
    menu_label = _("Organizations")
    menu_order = 310
    add_to_admin_menu = True


class AffiliationDecisionForm(WagtailAdminModelForm):
    """An editor's decision on an affiliation."""

    CHOICES = [("confirm", _("Verify, for one year from today")), ("withdraw", _("Don’t verify"))]
    decision = forms.ChoiceField(label=_("Decision"), choices=CHOICES, widget=forms.RadioSelect)

    class Meta:
        model = Affiliation
        fields = ["organisation"]

    def save(self, commit: bool = True) -> Affiliation:
        if self.cleaned_data["decision"] == "confirm":
            verification.confirm_by_editor(self.instance, by=self.for_user)
        else:
            verification.withdraw(self.instance.user)
        return self.instance


class AffiliationFilterSet(WagtailFilterSet):
    class Meta:
        model = Affiliation
        fields = ["state", "method", "organisation"]


class AffiliationIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Affiliation]:
        return Affiliation.objects.select_related("user", "organisation", "confirmed_by")


class AffiliationViewSet(ModelViewSet):
    """Requests to verify an affiliation, and the verified ones with their expiry."""

    model = Affiliation
    name = "affiliations"
    url_prefix = "voices"
    icon = "user"
    menu_label = _("Verified organizations")
    menu_order = 320
    add_to_admin_menu = True
    add_to_reference_index = False
    index_view_class = AffiliationIndexView
    filterset_class = AffiliationFilterSet
    copy_view_enabled = False
    form_fields = ["organisation"]
    ordering = ["-changed_at"]
    list_display = [
        "user",
        Column("role", label=_("Role")),
        Column("organisation", label=_("Organization")),
        Column("get_state_display", label=_("State"), sort_key="state"),
        Column("get_method_display", label=_("Verified by")),
        DateColumn("expires_at", label=_("Expires"), sort_key="expires_at"),
    ]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return AffiliationDecisionForm


class AccountEventFilterSet(WagtailFilterSet):
    at = django_filters.DateFromToRangeFilter(label=_("When"))

    class Meta:
        model = AccountEvent
        fields = ["action", "at"]


class AccountEventIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[AccountEvent]:
        return AccountEvent.objects.select_related("person", "by")


class AccountEventViewSet(ModelViewSet):
    """The log of account events, read-only."""

    model = AccountEvent
    name = "account-events"
    icon = "history"
    menu_label = _("Account events")
    menu_hook = "register_reports_menu_item"
    add_to_admin_menu = True
    add_to_reference_index = False
    index_view_class = AccountEventIndexView
    filterset_class = AccountEventFilterSet
    copy_view_enabled = False
    inspect_view_enabled = False
    form_fields: list[str] = []
    list_per_page = 50
    list_export = ["at", "get_action_display", "person", "by", "details", "ip_address"]
    export_filename = "account-events"
    list_display: list[Any] = [
        DateColumn("at", label=_("When"), sort_key="at"),
        Column("get_action_display", label=_("Action"), sort_key="action"),
        Column("person", label=_("Account")),
        Column("by", label=_("By")),
        Column("details", label=_("Details")),
        Column("ip_address", label=_("IP address")),
    ]
