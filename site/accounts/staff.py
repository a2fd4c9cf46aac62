"""Whoever may enter the Wagtail admin proves it twice."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _


class SecondFactorForStaff:
    """Send staff without a second factor to set one up before they see the admin.

    Not in the demo, where accounts are printed on the screen anyway.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.path.startswith("/admin/")
            and not settings.DEMO
            and request.user.is_authenticated
            and request.user.has_perm("wagtailadmin.access_admin")
            and not is_mfa_enabled(request.user)
        ):
            messages.info(request, _("Set up a second factor first: the editors' desk is kept behind it."))
            return redirect("mfa_index")
        return self.get_response(request)
