"""Forms in which people choose what they get e-mail about, and how often."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from discussion.models import Frequency, NotificationPreferences, Scope, Subscription
from discussion.models.subscriptions import owns_pages
from discussion.permissions import is_moderator

# The names under which these fields are sent and bookmarked; they outlive the names of the columns.
FIELD_NAMES = {"moderation_queue": "desk", "frequency": "rhythm"}


class StableNamesForm(forms.ModelForm):
    """A form whose HTML field names stay as they are when a model field is renamed."""

    def add_prefix(self, field_name: str) -> str:
        return super().add_prefix(FIELD_NAMES.get(field_name, field_name))


class NotificationPreferencesForm(StableNamesForm):
    """The preferences that concern this user: moderators', page owners', both or none."""

    class Meta:
        model = NotificationPreferences
        fields = ["moderation_queue", "own_pages"]
        widgets = dict.fromkeys(fields, forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.instance.member
        for name, concerns in (("moderation_queue", is_moderator), ("own_pages", owns_pages)):
            if not concerns(user):
                del self.fields[name]

    def save(self, commit: bool = True) -> NotificationPreferences:
        self.instance.save_and_apply()
        return self.instance


class SubscriptionForm(StableNamesForm):
    scope = forms.ChoiceField(label=_("E-mail me about"), choices=Scope.choices, widget=forms.RadioSelect)
    frequency = forms.ChoiceField(label=_("How often"), choices=Frequency.choices, widget=forms.RadioSelect)

    class Meta:
        model = Subscription
        fields = ["scope", "frequency"]


class NotificationPreferencesPanel(BaseSettingsPanel):
    name = "discussion"
    title = _("E-mail about discussions")
    tab = notifications_tab
    order = 50

    @cached_property
    def form(self) -> NotificationPreferencesForm:
        data = self.request.POST if self.request.method == "POST" else None
        preferences = NotificationPreferences.for_user(self.user)
        return NotificationPreferencesForm(data, instance=preferences, prefix=self.name)

    def get_form(self) -> NotificationPreferencesForm:
        return self.form

    def is_active(self) -> bool:
        return bool(self.form.fields)
