"""The URLs of the site."""

from __future__ import annotations

from allauth.decorators import rate_limit
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail import views as pages
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.documents.views import serve as documents

import public_forms.converters  # noqa: F401 - registers <id:…>
from accounts.admin.account_view import OwnAccountView
from home.views import not_found
from publishing.views import page


def not_here(request: HttpRequest) -> HttpResponse:
    raise Http404


urlpatterns = [
    # The admin has one way in, ours: second factor, limits and all.
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    # Wagtail's pages to try an error with: one sends the administrators an e-mail each time.
    path("admin/test404/", not_found),
    path("admin/failwhale/", not_found),
    path("admin/account/", require_admin_access(OwnAccountView.as_view())),
    # These would decode an image in any size, in the web process. No page of the site uses such addresses.
    re_path(r"^admin/images/\d+/(?:preview|generate_url)/", not_here),
    path("admin/", include(wagtailadmin_urls)),
    # Whoever guesses at the password of a page or a collection is stopped; Wagtail lets them go on.
    path(
        "_util/authenticate_with_password/<id:page_view_restriction_id>/<id:page_id>/",
        rate_limit(action="page_password")(pages.authenticate_with_password),
    ),
    path(
        "documents/authenticate_with_password/<id:restriction_id>/",
        rate_limit(action="page_password")(documents.authenticate_with_password),
    ),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("accounts.urls")),
    path("discussion/", include("discussion.urls")),
    path("search/", include("search.urls")),
    path("mail/", include("mail.urls")),
    path("", include("blog.urls")),
    path("", include("papers.urls")),
    path("", include("publishing.urls")),
    path("", include("home.urls")),
    re_path(wagtail_urls.serve_pattern, page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
]
handler400 = "home.views.bad_request"
handler403 = "home.views.forbidden"
handler404 = "home.views.not_found"
handler429 = "accounts.signin.too_many_requests.too_many_requests"  # allauth's
handler500 = "home.views.server_error"
