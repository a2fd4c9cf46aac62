"""The form that requests verification of an affiliation."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation


class AffiliationForm(forms.Form):
    """Which organization a person works for."""

    organisation = forms.ModelChoiceField(Organisation.objects.all(), label=_("Organization"))
