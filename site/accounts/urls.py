"""Everything under /accounts/: allauth's pages, and our own around them."""

from __future__ import annotations

from django.urls import include, path, re_path
from django.views.generic import RedirectView

from accounts import views

PROVIDERS = ["google", "microsoft", "facebook", "x", "wordpress"]

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="account_me")),
    path("me/", views.me, name="account_me"),
    path("me/name/", views.name, name="account_name"),
    path("start-over/", views.start_over, name="account_start_over"),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("connections/", include("allauth.socialaccount.urls")),
    # allauth's own routes also take tokens from scripts and scopes from anybody's link; ours don't.
    re_path(
        rf"^(?P<provider_id>{'|'.join(PROVIDERS)}|openid_connect)/login/$",
        views.set_out,
        name="account_set_out",
    ),
    *[
        path(f"{id}/login/callback/", views.come_back, {"provider_id": id}, name=f"{id}_callback")
        for id in PROVIDERS
    ],
    re_path(
        r"^(?P<provider_id>openid_connect)/login/callback/$", views.come_back, name="openid_connect_callback"
    ),
]
