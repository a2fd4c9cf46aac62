"""A guest who lost the letter asks for it once more."""

from __future__ import annotations

from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from discussion import own_links
from discussion.refusals import Refused, refuse_foreign, refuse_haste, refuse_other_charsets


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, help_text=_("The address you gave with your comments."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip


@csrf_exempt  # it does the same for everybody, and tells nobody anything
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """Send the links anew; the answer is the same whether the address has said anything or not."""
    if request.method != "POST":
        return render(request, "discussion/again.html", {"form": AddressForm(label_suffix="")})
    form = AddressForm(request.POST, label_suffix="")
    context: dict[str, object] = {"form": form}
    try:
        refuse_other_charsets(request)
        refuse_foreign(request)
        refuse_haste(request, "attempt")
        if not form.is_valid():
            return render(request, "discussion/again.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        address = form.cleaned_data["email"].lower()
        refuse_haste(request, "letter", mailbox=address)
    except Refused as refused:
        context["refused"] = refused.sentence
        response = render(request, "discussion/again.html", context, status=refused.status)
        return refused.given_with(response)
    own_links.send_anew(address)
    return render(request, "discussion/again.html", {"sent": True})
