"""What we ask a person who comes for the first time, and one who comes again."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    ConfirmEmailVerificationCodeForm,
    ConfirmLoginCodeForm,
    LoginForm,
    SignupForm,
)
from allauth.socialaccount.forms import SignupForm as FromProviderForm
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.models import User


def in_our_words(form: forms.Form) -> None:
    """Word the fields as the rest of the site does, without placeholders that repeat the label."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    if "code" in form.fields:
        form.fields["code"].widget.attrs |= {"class": "input input--code", "autocapitalize": "characters"}
    for name in ("email", "login"):
        if name in form.fields:
            form.fields[name].label = _("E-mail address")
    if "email" in form.fields:
        form.fields["email"].help_text = _("Never shown. We send a code there, to know that it is yours.")
    if "password1" in form.fields:
        form.fields["password1"].help_text = _("At least 12 characters. A few words in a row do well.")


class SignInForm(LoginForm):
    """An address and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)
        self.fields["password"].help_text = ""


class SignUpForm(SignupForm):
    """A name, an address and a password."""

    field_order = ["name", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        if self.account_already_exists:
            # Hashing takes the longest; without it the clock would tell that the address has an account.
            User().set_password(self.cleaned_data["password1"])
        return super().try_save(request)


class FirstVisitForm(FromProviderForm):
    """What a provider left out: a name, an address, or both.

    An address the provider vouches for is not asked for again.
    """

    field_order = ["name", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)
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


class AddressCodeForm(ConfirmEmailVerificationCodeForm):
    """The code that proves an address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)


class SignInCodeForm(ConfirmLoginCodeForm):
    """The code that joins a provider's account to one that is there already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self)
