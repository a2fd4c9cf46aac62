"""People in the Wagtail admin: one name field instead of a first and a last."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet

from accounts.models import User

FIELDS = ["email", "name", "role", "organisation", "is_superuser", "groups"]
WIDGETS = {"groups": forms.CheckboxSelectMultiple}


class SingleNameMixin(forms.Form):
    """Replace Wagtail's two name fields by the one we have."""

    first_name = last_name = None
    name = forms.CharField(max_length=150, label=_("Name"))

    def separate_username_field(self) -> bool:
        return False  # the e-mail address has a field of its own


class PersonCreationForm(SingleNameMixin, UserCreationForm):
    class Meta:
        model = User
        fields = FIELDS
        widgets = WIDGETS


class PersonEditForm(SingleNameMixin, UserEditForm):
    class Meta:
        model = User
        fields = [*FIELDS, "is_active"]
        widgets = WIDGETS


class PersonViewSet(UserViewSet):
    """Wagtail's own people screens, with our forms."""

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return PersonEditForm if for_update else PersonCreationForm
