"""The same wishes among an editor's own settings in the Wagtail admin."""

from __future__ import annotations

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from discussion.models import Wishes
from discussion.wishes_form import WishesForm


class WishesPanel(BaseSettingsPanel):
    name = "discussion"
    title = _("Letters about the discussion")
    tab = notifications_tab
    order = 50

    @cached_property
    def form(self) -> WishesForm:
        sent = self.request.POST if self.request.method == "POST" else None
        return WishesForm(sent, instance=Wishes.of(self.user), prefix=self.name)

    def get_form(self) -> WishesForm:
        return self.form

    def is_active(self) -> bool:
        return bool(self.form.fields)
