"""The suppressed addresses in the Wagtail admin: to look up, add and delete."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet

from mail.models import SuppressedAddress


class SuppressedAddressViewSet(ModelViewSet):
    """Deleting an entry lets e-mail go to that address again."""

    model = SuppressedAddress
    name = "suppressed-addresses"
    icon = "mail"
    menu_label = _("Suppressed addresses")
    menu_hook = "register_settings_menu_item"
    menu_order = 650
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    form_fields = ["address", "reason"]
    ordering = ["-created_at"]
    list_per_page = 50
    search_fields = ["address"]
    search_backend_name = None
    list_filter = ["reason"]
    list_display = [
        "address",
        Column("get_reason_display", label=_("Reason"), sort_key="reason"),
        DateColumn("created_at", label=_("Since"), sort_key="created_at"),
    ]
