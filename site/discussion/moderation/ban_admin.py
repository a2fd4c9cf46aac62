"""The bans in the Wagtail admin: to look up, add and lift without a comment at hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView, DeleteView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from discussion.models import Ban
from discussion.moderation.actions import ban
from discussion.moderation.forms import BanForm


class BanAddressForm(BanForm, forms.ModelForm):
    """A ban by address; an account with that address is banned with it."""

    address = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We store a fingerprint of the address, not the address itself."),
    )

    field_order = ["address", "kind", "days"]

    class Meta:
        model = Ban
        fields = ["kind"]


class BanCreateView(CreateView):
    def save_instance(self) -> Ban:
        data = self.form.cleaned_data
        return ban(address=data["address"], kind=data["kind"], days=data["days"], by=self.request.user)


class BanDeleteView(DeleteView):
    @transaction.atomic
    def delete_action(self) -> None:
        log(instance=self.object, action="discussion.unban", user=self.request.user, deleted=True)
        self.object.delete()


class BanIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Ban]:
        return Ban.objects.active().select_related("user", "by")


class BanViewSet(ModelViewSet):
    model = Ban
    name = "discussion-bans"
    icon = "lock"
    menu_label = _("Banned commenters")
    menu_hook = "register_settings_menu_item"
    menu_order = 640
    add_to_admin_menu = True
    add_to_reference_index = False
    index_view_class = BanIndexView
    add_view_class = BanCreateView
    delete_view_class = BanDeleteView
    copy_view_enabled = False
    ordering = ["-created_at", "-pk"]
    list_per_page = 50
    list_display: list[Any] = [
        Column("target", label=_("Commenter")),
        Column("get_kind_display", label=_("Ban")),
        Column("until", label=_("Until"), sort_key="until"),
        Column("by", label=_("Banned by")),
        DateColumn("created_at", label=_("Since"), sort_key="created_at"),
    ]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return BanAddressForm
