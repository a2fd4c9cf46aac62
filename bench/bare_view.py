"""The least that Django can be asked for: one view that returns two letters, with no middleware.

What granian serves beside the site, for comparison: ``bench.bare_view:application``.
"""

from __future__ import annotations

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path


def ok(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [path("ok", ok)]
if not settings.configured:
    settings.configure(
        ROOT_URLCONF=__name__, MIDDLEWARE=[], ALLOWED_HOSTS=["*"], SECRET_KEY="not a secret", DEBUG=False
    )
    django.setup()
application = WSGIHandler()
