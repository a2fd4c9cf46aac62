"""The audiences of a page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """The values are used in URLs."""

    ADMINISTRATORS = "administrators", _("Administrators")
    COMMITTEES = "school-committees", _("School committees")
    TEACHERS = "teachers", _("Teachers")
    POLICYMAKERS = "policymakers", _("Policymakers")
    FAMILIES = "families", _("Families")


class AudiencesField(models.JSONField):
    """A list of audiences; an empty one means everyone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"default": list, "blank": True, **kwargs})

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            label=self.verbose_name,
            help_text=self.help_text,
            choices=Audience.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
