"""Everything under /accounts/: allauth's pages, and our own around them."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from allauth.account.views import password_set
from allauth.decorators import rate_limit
from allauth.socialaccount.views import signup
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from accounts.views import again, leaving, own_page, travelling, voices

PROVIDERS = ["google", "microsoft", "facebook", "x", "wordpress"]
DISTRICTS = r"openid_connect|oidc-[0-9]{1,2}"  # what speaks OpenID Connect; the environment names them

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="account_me")),
    path("me/", own_page.me, name="account_me"),
    path("me/about/", own_page.about, name="account_about"),
    path("me/portrait/", own_page.portrait, name="account_portrait"),
    path("me/sessions/", own_page.sessions, name="account_sessions"),
    path("me/sessions/end/", own_page.end_session, name="account_end_session"),
    path("me/data/", own_page.data, name="account_data"),
    path("me/organization/", voices.voice, name="account_voice"),
    path("me/organization/withdraw/", voices.withdraw, name="account_withdraw"),
    path("me/organization/confirm/<str:word>/", voices.prove, name="account_prove"),
    path("me/leave/", leaving.leave, name="account_leave"),
    path("me/stay/", leaving.stay, name="account_stay"),
    path("keep/<str:word>/", leaving.keep, name="account_keep"),
    path("start-over/", travelling.start_over, name="account_start_over"),
    path("me/again/", again.again, name="account_again"),
    # A password is a way in that lasts; the library lets a borrowed session set one.
    path("password/set/", reauthentication_required(password_set), name="account_set_password"),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("connections/signup/", rate_limit(action="signup")(signup), name="socialaccount_signup"),
    path("connections/", include("allauth.socialaccount.urls")),
    # allauth's own routes also take tokens from scripts and scopes from anybody's link; ours don't.
    re_path(
        rf"^(?P<provider_id>{'|'.join([*PROVIDERS, DISTRICTS])})/login/$",
        travelling.set_out,
        name="account_set_out",
    ),
    *[
        path(f"{id}/login/callback/", travelling.come_back, {"provider_id": id}, name=f"{id}_callback")
        for id in PROVIDERS
    ],
    re_path(
        rf"^(?P<provider_id>{DISTRICTS})/login/callback/$",
        travelling.come_back,
        name="openid_connect_callback",
    ),
]
