"""The forms of readers who request a copy or an accessible format, and of the staff who answer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mail.mailboxes import validate_visible
from papers.reader_requests.format_models import FormatRequest


class CopyRequestForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=150)
    email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        validators=[validate_visible],
        help_text=_("Not published. We’ll answer to this address."),
    )
    purpose = forms.CharField(
        label=_("What do you need it for?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
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
            "email": _("Not published. We’ll answer to this address."),
            "need": _("For example large print, a Word file, braille, or a table as text."),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "need": forms.Textarea(attrs={"rows": 5}),
        }
        error_messages = {
            "name": {"required": _("Enter your name.")},
            "email": {"required": _("Enter an e-mail address, such as name@example.org.")},
            "need": {"required": _("Enter the format you need, such as large print.")},
        }

    def clean_honeypot(self) -> str:
        if self.cleaned_data["honeypot"]:
            raise forms.ValidationError(_("Leave the last field empty. It is there to catch spam."))
        return ""


class FormatReplyForm(forms.Form):
    answer = forms.CharField(
        label=_("Answer"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("E-mailed to the reader exactly as you write it. To send a file, include a link."),
    )
