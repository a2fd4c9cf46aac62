"""The addresses between which a sign-in travels."""

from __future__ import annotations

from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from requests import RequestException

from accounts.signin import error_pages, social, unverified
from accounts.signin.provider_errors import sceptical


@require_http_methods(["GET", "HEAD", "POST"])
def set_out(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Start for a provider: GET asks whether that is meant, POST goes."""
    provider = social.offered_provider(request, provider_id)
    process = "connect" if wants_to_connect(request) else "login"
    home = reverse("socialaccount_connections") if process == "connect" else "/"
    back_to = get_next_redirect_url(request) or home
    if request.method == "POST":
        return social.begin_sign_in(request, provider_id, back_to=back_to, process=process)
    there = {"provider_name": provider.name, "process": process, "back_to": back_to}
    return render(request, "socialaccount/login.html", there)


def wants_to_connect(request: HttpRequest) -> bool:
    asked = request.POST.get("process") or request.GET.get("process")
    return asked == "connect" and request.user.is_authenticated


@require_GET
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take what the provider sends back; whatever that is, the answer is a page of ours."""
    provider = social.offered_provider(request, provider_id)
    adapter = sceptical(provider.get_oauth2_adapter(request))
    try:
        return OAuth2CallbackView.adapter_view(adapter)(request)
    except (ProviderException, RequestException) as error:
        return render_authentication_error(request, provider, exception=error)


@require_POST
def start_over(request: HttpRequest) -> HttpResponse:
    """Leave a sign-up whose address was mistyped: forget it and ask from the start, place kept.

    Says and does the same whether or not the address has an account.
    """
    process = EmailVerificationProcess.resume(request)
    if process:
        if process.user:
            unverified.never_arrived().filter(pk=process.user.pk).delete()
        process.abort()
    back_to = urlencode({REDIRECT_FIELD_NAME: request.session.get(error_pages.LAST_PLACE, "/")})
    return redirect(f"{reverse('account_login')}?{back_to}")
