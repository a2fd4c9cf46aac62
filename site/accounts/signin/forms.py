"""allauth's forms, with this site's labels and checks."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.socialaccount import forms as social_forms
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.models import User

LABELS = {
    "email": _("E-mail address"),
    "login": _("E-mail address"),
    "oldpassword": _("Current password"),
    "password2": _("New password, again"),
}


class LabelledForm(forms.Form):
    """Give a form of allauth this site's labels, and drop placeholders that repeat them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
        if "code" in self.fields:
            self.fields["code"].widget.attrs |= {"class": "input input--code", "autocapitalize": "characters"}
        if "password2" in self.fields:
            self.fields["password1"].label = _("New password")
        if "password1" in self.fields:
            self.fields["password1"].help_text = _("At least 12 characters. For example, a few random words.")


class EmailFieldMixin(LabelledForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("Not published. We’ll e-mail you a code to verify it.")


class SignInForm(LabelledForm, account_forms.LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class SignUpForm(EmailFieldMixin, account_forms.SignupForm):
    """Name, e-mail address and password."""

    field_order = ["name", "email", "password1"]

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        if self.account_already_exists:
            # Hashing takes the longest; without it the time would show that the address has an account.
            User().set_password(self.cleaned_data["password1"])
        return super().try_save(request)


class SocialSignupForm(EmailFieldMixin, social_forms.SignupForm):
    """What a provider left out: name, e-mail address, or both.

    An address that the provider verified is not asked for again.
    """

    field_order = ["name", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.verified_email:
            del self.fields["email"]

    @property
    def verified_email(self) -> str:
        addresses = self.sociallogin.email_addresses
        return next((address.email for address in addresses if address.verified is True), "")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.verified_email:
            cleaned["email"] = self.validate_unique_email(self.verified_email)
        return cleaned


class EmailCodeForm(LabelledForm, account_forms.ConfirmEmailVerificationCodeForm):
    """The code that verifies an e-mail address."""


class SignInCodeForm(LabelledForm, account_forms.ConfirmLoginCodeForm):
    """The code that connects a provider account to an existing account."""


class AddEmailForm(EmailFieldMixin, account_forms.AddEmailForm):
    """One more e-mail address."""


class PasswordResetForm(LabelledForm, account_forms.ResetPasswordForm):
    """The e-mail address of somebody who forgot the password."""


class NewPasswordForm(LabelledForm, account_forms.ResetPasswordKeyForm):
    """A new password, set by the link from an e-mail."""


class ChangePasswordForm(LabelledForm, account_forms.ChangePasswordForm):
    """A new password in place of the current one."""


class SetPasswordForm(LabelledForm, account_forms.SetPasswordForm):
    """A first password, for somebody who signed up with a provider."""


class ReauthenticateForm(LabelledForm, account_forms.ReauthenticateForm):
    """The password, before a change that needs reauthentication."""
