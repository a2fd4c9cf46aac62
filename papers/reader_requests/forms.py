"""The forms of readers who request a copy or an accessible format, and of the staff who answer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from papers.reader_requests.format_models import FormatRequest


class CopyRequestForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=150)
    email = forms.EmailField(label=_("Your e-mail"), max_length=254, help_text=_("The answer goes there."))
    purpose = forms.CharField(
        label=_("What for"), max_length=1000, required=False, widget=forms.Textarea({"rows": 4})
    )


class FormatRequestForm(forms.ModelForm):
    honeypot = forms.CharField(
        label=_("Leave this empty"), required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )  # fmt: skip

    class Meta:
        model = FormatRequest
        fields = ["name", "email", "need"]
        labels = {"name": _("Your name"), "email": _("Your e-mail"), "need": _("What do you need?")}
        help_texts = {
            "email": _("Never shown. We answer there."),
            "need": _("For example large print, a Word file, braille, or a table read out in words."),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "need": forms.Textarea(attrs={"rows": 5}),
        }
        error_messages = {
            "name": {"required": _("Tell us your name.")},
            "email": {"required": _("Give an address we can answer to.")},
            "need": {"required": _("Say what you need.")},
        }

    def clean_honeypot(self) -> str:
        if self.cleaned_data["honeypot"]:
            raise forms.ValidationError(_("Leave the last field empty: it is there to catch machines."))
        return ""


class FormatReplyForm(forms.Form):
    answer = forms.CharField(
        label=_("Answer"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Sent to the reader by e-mail as you write it. A file goes best as a link."),
    )
