"""Everything under /accounts/: allauth's pages, and our own around them."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from allauth.account.views import password_set
from allauth.decorators import rate_limit
from allauth.socialaccount.views import signup
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from accounts.affiliation import views as affiliation
from accounts.deletion import views as deletion
from accounts.profile import views as profile
from accounts.signin import reauthentication_views, social_views

PROVIDERS = ["google", "microsoft", "facebook", "x", "wordpress"]
DISTRICTS = r"openid_connect|oidc-[0-9]{1,2}"  # what speaks OpenID Connect; the environment names them

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="account_me")),
    path("me/", profile.me, name="account_me"),
    path("me/about/", profile.about, name="account_about"),
    path("me/portrait/", profile.portrait, name="account_portrait"),
    path("me/sessions/", profile.sessions, name="account_sessions"),
    path("me/sessions/end/", profile.end_session, name="account_end_session"),
    path("me/data/", profile.data, name="account_data"),
    path("me/organization/", affiliation.voice, name="account_voice"),
    path("me/organization/withdraw/", affiliation.withdraw, name="account_withdraw"),
    path("me/organization/confirm/<str:word>/", affiliation.prove, name="account_prove"),
    path("me/leave/", deletion.leave, name="account_leave"),
    path("me/stay/", deletion.stay, name="account_stay"),
    path("keep/<str:word>/", deletion.keep, name="account_keep"),
    path("start-over/", social_views.start_over, name="account_start_over"),
    path("me/again/", reauthentication_views.again, name="account_again"),
    # A password is a way in that lasts; the library lets a borrowed session set one.
    path("password/set/", reauthentication_required(password_set), name="account_set_password"),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("connections/signup/", rate_limit(action="signup")(signup), name="socialaccount_signup"),
    path("connections/", include("allauth.socialaccount.urls")),
    # allauth's own routes also take tokens from scripts and scopes from anybody's link; ours don't.
    re_path(
        rf"^(?P<provider_id>{'|'.join([*PROVIDERS, DISTRICTS])})/login/$",
        social_views.set_out,
        name="account_set_out",
    ),
    *[
        path(f"{id}/login/callback/", social_views.come_back, {"provider_id": id}, name=f"{id}_callback")
        for id in PROVIDERS
    ],
    re_path(
        rf"^(?P<provider_id>{DISTRICTS})/login/callback/$",
        social_views.come_back,
        name="openid_connect_callback",
    ),
]
