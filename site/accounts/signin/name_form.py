"""The part that signing up by password and by provider have in common.

It stands apart because allauth builds its own forms upon it: whatever imports
those can't be imported by them.
"""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.signin.names import LONGEST, tidy


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=LONGEST,
        help_text=_("Shown beside what you write. Please use the name people at work know you by."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_name(self) -> str:
        name = tidy(self.cleaned_data["name"])
        if not name:
            raise ValidationError(_("Please tell us your name."))
        if "@" in name:
            raise ValidationError(_("E-mail addresses are never shown here. Please give a name instead."))
        return name

    def signup(self, request: HttpRequest, user: User) -> None:
        """Do nothing: the adapter puts the name in place before the first save."""
