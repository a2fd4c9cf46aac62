"""What we ask a person who comes for the first time, and one who comes again."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    AddEmailForm,
    ConfirmEmailVerificationCodeForm,
    ConfirmLoginCodeForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
    SignupForm,
)
from allauth.account.forms import ChangePasswordForm as LibrarysChangeForm
from allauth.socialaccount.forms import SignupForm as FromProviderForm
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.models import User

LABELS = {
    "email": _("E-mail address"),
    "login": _("E-mail address"),
    "oldpassword": _("The password you have now"),
    "password2": _("The same once more"),
}


class InOurWords(forms.Form):
    """For a form of the library: word its fields as the rest of the site does.

    Placeholders that repeat the label go.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
        if "code" in self.fields:
            about = {"class": "input input--code", "autocapitalize": "characters"}
            self.fields["code"].widget.attrs |= about
        if "password2" in self.fields:
            self.fields["password1"].label = _("New password")
        if "password1" in self.fields:
            self.fields["password1"].help_text = _("At least 12 characters. A few words in a row do well.")


class AsksForAddress(InOurWords):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("Never shown. We send a code there, to know that it is yours.")


class SignInForm(InOurWords, LoginForm):
    """An address and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class SignUpForm(AsksForAddress, SignupForm):
    """A name, an address and a password."""

    field_order = ["name", "email", "password1"]

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        if self.account_already_exists:
            # Hashing takes the longest; without it the clock would tell that the address has an account.
            User().set_password(self.cleaned_data["password1"])
        return super().try_save(request)


class FirstVisitForm(AsksForAddress, FromProviderForm):
    """What a provider left out: a name, an address, or both.

    An address the provider vouches for is not asked for again.
    """

    field_order = ["name", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.given_address:
            del self.fields["email"]

    @property
    def given_address(self) -> str:
        return next((one.email for one in self.sociallogin.email_addresses if one.verified is True), "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.given_address:
            cleaned["email"] = self.validate_unique_email(self.given_address)
        return cleaned


class AddressCodeForm(InOurWords, ConfirmEmailVerificationCodeForm):
    """The code that proves an address."""


class SignInCodeForm(InOurWords, ConfirmLoginCodeForm):
    """The code that joins a provider's account to one that is there already."""


class AddressForm(AsksForAddress, AddEmailForm):
    """One more address."""


class ForgottenForm(InOurWords, ResetPasswordForm):
    """The address of who forgot the password."""


class NewPasswordForm(InOurWords, ResetPasswordKeyForm):
    """A password set by the link from a letter."""


class ChangePasswordForm(InOurWords, LibrarysChangeForm):
    """Another password in place of one that is known."""


class FirstPasswordForm(InOurWords, SetPasswordForm):
    """A password for who came by a provider."""


class PasswordAgainForm(InOurWords, ReauthenticateForm):
    """The password, before something changes that matters."""
