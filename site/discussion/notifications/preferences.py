"""What somebody who looks after the discussion wishes to be told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from discussion.models import Following, Rhythm, Scope, Wishes
from discussion.models.subscriptions import owns_pages
from discussion.moderation.asking import moderates


class WishesForm(forms.ModelForm):
    """Asks what concerns this person: of the desk who moderates, of their pages who owns some."""

    class Meta:
        model = Wishes
        fields = ["desk", "own_pages"]
        widgets = dict.fromkeys(fields, forms.RadioSelect)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        member = self.instance.member
        for name, concerns in (("desk", moderates), ("own_pages", owns_pages)):
            if not concerns(member):
                del self.fields[name]

    def save(self, commit: bool = True) -> Wishes:
        self.instance.keep()
        return self.instance


class FollowForm(forms.ModelForm):
    scope = forms.ChoiceField(label=_("Tell me of"), choices=Scope.choices, widget=forms.RadioSelect)
    rhythm = forms.ChoiceField(label=_("How often"), choices=Rhythm.choices, widget=forms.RadioSelect)

    class Meta:
        model = Following
        fields = ["scope", "rhythm"]


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
