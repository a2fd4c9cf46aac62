"""The forms of a person's own page."""

from __future__ import annotations

from django import forms
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.profile.avatars import reencode
from accounts.signin.names import NameForm, tidy


class ProfileForm(NameForm):
    """Name, role and organization."""

    role = forms.CharField(
        label=_("Role"), max_length=120, required=False,
        help_text=_("For example, superintendent, school board member, or teacher."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )  # fmt: skip
    organisation = forms.CharField(
        label=_("Organization"), max_length=200, required=False,
        help_text=_("Your school district, collaborative, or agency."),
        widget=forms.TextInput(attrs={"autocomplete": "organization", "list": "organisations"}),
    )  # fmt: skip

    @staticmethod
    def initial_for(user: User) -> dict[str, str]:
        return {"name": user.name, "role": user.role, "organisation": user.organisation}

    def clean_role(self) -> str:
        return tidy(self.cleaned_data["role"])

    def clean_organisation(self) -> str:
        return tidy(self.cleaned_data["organisation"])


class PortraitForm(forms.Form):
    portrait = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG, WebP, or AVIF, up to 5 MB and 16 megapixels. It is cropped to a square."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif"}),
    )

    def clean_portrait(self) -> ContentFile:
        upload: UploadedFile = self.cleaned_data["portrait"]
        return reencode(upload)
