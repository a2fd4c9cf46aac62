"""The "Account" page of the Wagtail admin, where it differs from Wagtail's."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import (
    AccountView,
    AvatarSettingsPanel,
    BaseSettingsPanel,
    NameEmailSettingsPanel,
)

from accounts.affiliation import verification
from accounts.models import User


class AccountNameForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "role", "organisation"]

    def save(self, commit: bool = True) -> User:
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields}
        self.instance.refresh_from_db(fields=self.Meta.fields)
        verification.update_profile(self.instance, **fields)
        return self.instance


class NamePanel(BaseSettingsPanel):
    """One name, and no e-mail address: that is changed on one's own page, where it is verified."""

    name = "name"
    title = _("Name")
    order = 100
    form_class = AccountNameForm


class OwnAccountView(AccountView):
    # Wagtail stores avatars as private files, which have no URL here.
    replaced = (NameEmailSettingsPanel, AvatarSettingsPanel)

    def get_panels(self) -> list[Any]:
        panels = [panel for panel in super().get_panels() if not isinstance(panel, self.replaced)]
        user = self.request.user
        return [NamePanel(self.request, user, user.wagtail_userprofile), *panels]
