"""Editors' desks in the Wagtail admin: organizations, verified voices, and the log of accounts."""

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
from accounts.models import Organisation, Trace, Voice


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "group"
    list_display = ["name"]
    menu_label = _("Organizations")
    menu_order = 310
    add_to_admin_menu = True


class DecisionForm(WagtailAdminModelForm):
    """An editor's word on a voice."""

    CHOICES = [("confirm", _("Confirmed, for a year from today")), ("withdraw", _("Not confirmed"))]
    decision = forms.ChoiceField(label=_("Decision"), choices=CHOICES, widget=forms.RadioSelect)

    class Meta:
        model = Voice
        fields = ["organisation"]

    def save(self, commit: bool = True) -> Voice:
        if self.cleaned_data["decision"] == "confirm":
            verification.vouch(self.instance, by=self.for_user)
        else:
            verification.withdraw(self.instance.user)
        return self.instance


class VoiceFilters(WagtailFilterSet):
    class Meta:
        model = Voice
        fields = ["state", "way", "organisation"]


class VoiceListing(IndexView):
    def get_base_queryset(self) -> QuerySet[Voice]:
        return Voice.objects.select_related("user", "organisation", "vouched_by")


class VoicesDesk(ModelViewSet):
    """Who asks to have an organization confirmed, who has, and until when."""

    model = Voice
    name = "voices"
    icon = "user"
    menu_label = _("Verified voices")
    menu_order = 320
    add_to_admin_menu = True
    add_to_reference_index = False
    index_view_class = VoiceListing
    filterset_class = VoiceFilters
    copy_view_enabled = False
    form_fields = ["organisation"]
    ordering = ["-changed_at"]
    list_display = [
        "user",
        Column("role", label=_("Role")),
        Column("organisation", label=_("Organization")),
        Column("get_state_display", label=_("State"), sort_key="state"),
        Column("get_way_display", label=_("Confirmed by")),
        DateColumn("until", label=_("Good until"), sort_key="until"),
    ]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return DecisionForm


class TraceFilters(WagtailFilterSet):
    at = django_filters.DateFromToRangeFilter(label=_("When"))

    class Meta:
        model = Trace
        fields = ["deed", "at"]


class TraceListing(IndexView):
    def get_base_queryset(self) -> QuerySet[Trace]:
        return Trace.objects.select_related("person", "by")


class TracesDesk(ModelViewSet):
    """The log of accounts, to be read and nothing else."""

    model = Trace
    name = "account-events"
    icon = "history"
    menu_label = _("Account events")
    menu_hook = "register_reports_menu_item"
    add_to_admin_menu = True
    add_to_reference_index = False
    index_view_class = TraceListing
    filterset_class = TraceFilters
    copy_view_enabled = False
    inspect_view_enabled = False
    form_fields: list[str] = []
    list_per_page = 50
    list_export = ["at", "get_deed_display", "person", "by", "details", "network_address"]
    export_filename = "account-events"
    list_display: list[Any] = [
        DateColumn("at", label=_("When"), sort_key="at"),
        Column("get_deed_display", label=_("What"), sort_key="deed"),
        Column("person", label=_("Whose account")),
        Column("by", label=_("By whom")),
        Column("details", label=_("Details")),
        Column("network_address", label=_("From")),
    ]
