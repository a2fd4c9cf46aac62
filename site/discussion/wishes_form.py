"""What somebody who looks after the discussion wishes to be told."""

from __future__ import annotations

from typing import Any

from django import forms

from discussion.asking import moderates
from discussion.models import Wishes
from discussion.models.wishes import owns_pages


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
