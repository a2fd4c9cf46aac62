"""The addresses through which a social sign-in goes."""

from __future__ import annotations

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

from accounts.signin import provider_errors, social, unverified
from accounts.signin.allauth_internals import EmailVerificationProcess
from accounts.signin.provider_errors import guard_adapter


@require_http_methods(["GET", "HEAD", "POST"])
def provider_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Start a sign-in: GET asks for confirmation, POST redirects to the provider.

    Raises Http404 for a provider that is not offered.
    """
    provider = social.get_provider(request, provider_id)
    process = "connect" if wants_to_connect(request) else "login"
    home = reverse("socialaccount_connections") if process == "connect" else "/"
    return_path = get_next_redirect_url(request) or home
    if request.method == "POST":
        return social.start_login(request, provider_id, return_path=return_path, process=process)
    context = {"provider_name": provider.name, "process": process, "return_path": return_path}
    return render(request, "socialaccount/login.html", context)


def wants_to_connect(request: HttpRequest) -> bool:
    process = request.POST.get("process") or request.GET.get("process")
    return process == "connect" and request.user.is_authenticated


@require_GET
def provider_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take what the provider sends back; whatever it is, the response is a page of ours."""
    provider = social.get_provider(request, provider_id)
    adapter = guard_adapter(provider.get_oauth2_adapter(request))
    try:
        return OAuth2CallbackView.adapter_view(adapter)(request)
    except (ProviderException, RequestException) as error:
        return render_authentication_error(request, provider, exception=error)


@require_POST
def restart_signup(request: HttpRequest) -> HttpResponse:
    """Abandon a sign-up whose e-mail address was mistyped, and ask from the start; the return path stays.

    The response is the same whether or not the address has an account.
    """
    process = EmailVerificationProcess.resume(request)
    if process:
        if process.user:
            unverified.unverified_accounts().filter(pk=process.user.pk).delete()
        process.abort()
    query = urlencode({REDIRECT_FIELD_NAME: request.session.get(provider_errors.RETURN_PATH_KEY, "/")})
    return redirect(f"{reverse('account_login')}?{query}")
