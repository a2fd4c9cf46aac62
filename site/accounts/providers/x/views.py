from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from django.http import HttpRequest


class XAdapter(OAuth2Adapter):
    provider_id = "x"
    basic_auth = True

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        urls = self.get_provider().get_settings()
        self.authorize_url = urls["AUTHORIZE_URL"]
        self.access_token_url = urls["ACCESS_TOKEN_URL"]
        self.profile_url = urls["PROFILE_URL"]

    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        with get_adapter().get_requests_session() as session:
            response = session.get(self.profile_url, headers={"Authorization": f"Bearer {token.token}"})
            response.raise_for_status()
        return self.get_provider().sociallogin_from_response(request, response.json()["data"])
