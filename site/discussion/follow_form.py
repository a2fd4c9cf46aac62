"""What somebody wants to be told of, and how often."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from discussion.models import Following, Rhythm, Scope


class FollowForm(forms.ModelForm):
    scope = forms.ChoiceField(label=_("Tell me of"), choices=Scope.choices, widget=forms.RadioSelect)
    rhythm = forms.ChoiceField(label=_("How often"), choices=Rhythm.choices, widget=forms.RadioSelect)

    class Meta:
        model = Following
        fields = ["scope", "rhythm"]
