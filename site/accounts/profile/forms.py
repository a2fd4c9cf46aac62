"""What people tell about themselves on their own page."""

from __future__ import annotations

from django import forms
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from accounts.profile.avatars import drawn_anew
from accounts.signin.name_form import NameForm
from accounts.signin.names import tidy


class AboutForm(NameForm):
    """A name, and what one does where."""

    role = forms.CharField(
        label=_("What you do"), max_length=120, required=False,
        help_text=_("For instance superintendent, school board member, teacher."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )  # fmt: skip
    organisation = forms.CharField(
        label=_("Where"), max_length=200, required=False,
        help_text=_("Your district, collaborative or agency."),
        widget=forms.TextInput(attrs={"autocomplete": "organization", "list": "organisations"}),
    )  # fmt: skip

    @staticmethod
    def told_by(user: User) -> dict[str, str]:
        return {"name": user.name, "role": user.role, "organisation": user.organisation}

    def clean_role(self) -> str:
        return tidy(self.cleaned_data["role"])

    def clean_organisation(self) -> str:
        return tidy(self.cleaned_data["organisation"])


class PortraitForm(forms.Form):
    portrait = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG, WebP or AVIF, at most 5 MB. The middle square is shown."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif"}),
    )

    def clean_portrait(self) -> ContentFile:
        upload: UploadedFile = self.cleaned_data["portrait"]
        return drawn_anew(upload.file, size=upload.size or 0)


class VoiceForm(forms.Form):
    """Which organization one works for."""

    organisation = forms.ModelChoiceField(Organisation.objects.all(), label=_("Organization"))
