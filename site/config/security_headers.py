"""The Content-Security-Policy and Permissions-Policy of every response."""

from __future__ import annotations

from copy import deepcopy

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

ADMIN = "/admin/"
# The video block opens these two in a sandboxed frame, after a click.
VIDEO_HOSTS = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"]

Policy = dict[str, dict[str, list[str]]]


def public_policy(*, form_targets: list[str]) -> Policy:
    """Return the policy of every page outside the admin.

    ``form_targets`` are the origins of the configured sign-in providers: browsers
    apply ``form-action`` to the redirect that follows a sign-in button.
    """
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF],
            "img-src": [SELF, "data:"],
            "font-src": [SELF],
            "connect-src": [SELF],
            "frame-src": [SELF, *VIDEO_HOSTS],
            "manifest-src": [SELF],
            "form-action": [SELF, *form_targets],
            "frame-ancestors": [SELF],
            "base-uri": [NONE],
            "object-src": [NONE],
        }
    }


def admin_directives(policy: Policy) -> dict[str, list[str]]:
    """Return the directives of the Wagtail admin.

    Wagtail 8.0 writes inline scripts for its date and chooser widgets and doesn't
    support nonces. Everything else is as strict as elsewhere.
    """
    directives = deepcopy(policy["DIRECTIVES"])
    directives["script-src"].append(UNSAFE_INLINE)
    directives["style-src"].append(UNSAFE_INLINE)
    directives["img-src"].append("blob:")
    return directives


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """django-csp, with the admin's own policy under ``/admin/``."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith(ADMIN):
            # Not declared by Django: it is how django-csp is told of another policy.
            vars(response)["_csp_replace"] = admin_directives(settings.CONTENT_SECURITY_POLICY)
        return super().process_response(request, response)


PERMISSIONS: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope",
        "magnetometer", "microphone", "midi", "payment", "usb",
    )
}  # fmt: skip
