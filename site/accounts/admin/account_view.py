"""An editor's own settings in the Wagtail admin, as far as they differ from Wagtail's."""

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


class NameForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "role", "organisation"]

    def save(self, commit: bool = True) -> User:
        said = {name: self.cleaned_data[name] for name in self.Meta.fields}
        self.instance.refresh_from_db(fields=self.Meta.fields)
        verification.introduce(self.instance, **said)
        return self.instance


class NamePanel(BaseSettingsPanel):
    """One name; the address is changed where it can be proven, on the reader's own page."""

    name = "name"
    title = _("Name")
    order = 100
    form_class = NameForm


class OwnAccountView(AccountView):
    # Uploaded portraits would be private files without an address.
    replaced = (NameEmailSettingsPanel, AvatarSettingsPanel)

    def get_panels(self) -> list[Any]:
        panels = [panel for panel in super().get_panels() if not isinstance(panel, self.replaced)]
        user = self.request.user
        return [NamePanel(self.request, user, user.wagtail_userprofile), *panels]
