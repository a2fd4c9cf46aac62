"""What browsers may do with our pages, and what we write down about requests."""

from __future__ import annotations

from copy import deepcopy

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse

ADMIN = "/admin/"
# The embed block opens these two, after a click, in a sandboxed frame.
VIDEO_HOSTS = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"]

Policy = dict[str, dict[str, list[str]]]


def for_readers(*, form_targets: list[str]) -> Policy:
    """Return the policy of every page outside the admin.

    ``form_targets`` are the origins of the sign-in providers on offer: browsers
    apply ``form-action`` to the redirect that follows our sign-in buttons.
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


def for_editors(policy: Policy) -> dict[str, list[str]]:
    """Return the directives of the Wagtail admin.

    Wagtail 8.0 prints inline scripts for its date and chooser widgets and knows
    no nonces; everything else stays as strict as elsewhere.
    """
    directives = deepcopy(policy["DIRECTIVES"])
    directives["script-src"].append(UNSAFE_INLINE)
    directives["style-src"].append(UNSAFE_INLINE)
    directives["img-src"].append("blob:")
    return directives


class ContentSecurity(CSPMiddleware):
    """django-csp, with the admin's own policy under ``/admin/``."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path.startswith(ADMIN):
            from django.conf import settings

            response._csp_replace = for_editors(settings.CONTENT_SECURITY_POLICY)
        return super().process_response(request, response)


PERMISSIONS: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope",
        "magnetometer", "microphone", "midi", "payment", "usb",
    )
}  # fmt: skip

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},  # who asked for what isn't there, the proxy knows
        # A line for each task would bury the one that failed. Django 6 has tasks of its own.
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
        "django.tasks": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "PIL": {"level": "WARNING"},
    },
}
