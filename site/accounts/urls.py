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
from accounts.signin import interrupted, reauthentication_views, social_views

PROVIDERS = ["google", "microsoft", "facebook", "x", "wordpress"]
OPENID_CONNECT = r"openid_connect|oidc-[0-9]{1,2}"  # the environment says which of them there are

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="account_profile")),
    path("me/", profile.profile, name="account_profile"),
    path("me/about/", profile.edit, name="account_profile_edit"),
    path("me/portrait/", profile.portrait, name="account_portrait"),
    path("me/sessions/", profile.sessions, name="account_sessions"),
    path("me/sessions/end/", profile.end_session, name="account_end_session"),
    path("me/data/", profile.data, name="account_data"),
    path("me/organization/", affiliation.affiliation, name="account_affiliation"),
    path("me/organization/withdraw/", affiliation.withdraw, name="account_affiliation_withdraw"),
    path("me/organization/confirm/<str:token>/", affiliation.confirm, name="account_affiliation_confirm"),
    path("me/leave/", deletion.delete_account, name="account_delete"),
    path("me/stay/", deletion.cancel, name="account_delete_cancel"),
    path("keep/<str:token>/", deletion.cancel_by_link, name="account_delete_cancel_link"),
    path("continue/", interrupted.resume, name="account_resume"),
    path("start-over/", social_views.restart_signup, name="account_signup_restart"),
    path("me/again/", reauthentication_views.reauthenticate_by_email, name="account_reauthenticate_email"),
    # allauth lets a session that was not reauthenticated set a first password; ours doesn't.
    path("password/set/", reauthentication_required(password_set), name="account_set_password"),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("connections/signup/", rate_limit(action="signup")(signup), name="socialaccount_signup"),
    path("connections/", include("allauth.socialaccount.urls")),
    # allauth's own provider routes also accept tokens from scripts and scopes from the query; ours don't.
    re_path(
        rf"^(?P<provider_id>{'|'.join([*PROVIDERS, OPENID_CONNECT])})/login/$",
        social_views.provider_login,
        name="social_login",
    ),
    *[
        path(
            f"{id}/login/callback/",
            social_views.provider_callback,
            {"provider_id": id},
            name=f"{id}_callback",
        )
        for id in PROVIDERS
    ],
    re_path(
        rf"^(?P<provider_id>{OPENID_CONNECT})/login/callback/$",
        social_views.provider_callback,
        name="openid_connect_callback",
    ),
]
