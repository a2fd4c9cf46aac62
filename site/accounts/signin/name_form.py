"""The field that signing up by password and by provider have in common.

A module of its own, because allauth's forms inherit from it
(ACCOUNT_SIGNUP_FORM_CLASS): it can't import what imports them.
"""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.signin.names import MAX_LENGTH, tidy


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=MAX_LENGTH,
        help_text=_("Shown next to your comments. Use the name people at work know you by."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_name(self) -> str:
        name = tidy(self.cleaned_data["name"])
        if not name:
            raise ValidationError(_("Enter your name."))
        if "@" in name:
            raise ValidationError(
                _("Enter a name, not an e-mail address: names are published. For example, Maria Alvarez.")
            )
        return name

    def signup(self, request: HttpRequest, user: User) -> None:
        """Do nothing: AccountAdapter sets the name before the first save."""
