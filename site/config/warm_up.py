"""What comes before the first request of a process: lost changes, addresses, templates, a first page."""

from __future__ import annotations

import io
import logging
from importlib import import_module
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse

from config import paths
from pagecache.policy import WSGIApplication

logger = logging.getLogger(__name__)

# Of what most readers never see, the first who does waits some milliseconds longer.
RARE = ("account", "mfa", "socialaccount", "wagtailadmin", "wagtailsnippets", "emails")


def warm_up(application: WSGIApplication) -> None:
    """Import addresses, compile the templates of public pages, and render one; takes half a second.

    Kept pages that this process finds are compared with the database first: a
    backup may have been restored, or everything killed before a change was published.
    """
    from pagecache.changes import sweep  # which needs the models

    load_code()
    try:
        sweep()
        rehearse(application)
    except Exception:
        # The database may be away, or not made yet: no reason not to start.
        logger.debug("The first page could not be rendered ahead", exc_info=True)


def load_code() -> None:
    import_module(settings.ROOT_URLCONF)
    reverse("robots_txt")  # which compiles the pattern of every address
    if settings.DEBUG:
        return  # templates are read anew for each request
    folder = paths.RESOURCES / "templates"
    for path in sorted(folder.rglob("*.html")):
        if not set(RARE) & set(path.relative_to(folder).parts):
            get_template(str(path.relative_to(folder)))


def rehearse(application: WSGIApplication) -> None:
    """Ask for the front page as a browser does, so that models, queries and templates have been used once."""
    base = urlsplit(settings.BASE_URL)
    response = application(
        {
            "REQUEST_METHOD": "GET", "PATH_INFO": "/", "QUERY_STRING": "", "HTTP_HOST": base.netloc,
            "SERVER_NAME": base.hostname or "", "SERVER_PORT": str(base.port or 80),
            "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "HTTP_ACCEPT_ENCODING": "br",
            "HTTP_X_FORWARDED_PROTO": base.scheme, "wsgi.url_scheme": base.scheme, "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(), "wsgi.multithread": True,
        },
        lambda status, headers, exc_info=None: None,
    )  # fmt: skip
    for _ in response:
        pass
    if close := getattr(response, "close", None):
        close()
