"""What the first request of a process would otherwise have to wait for: addresses and templates."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.template.loader import get_template

from config import paths

# Of what most readers never see, the first who does waits some milliseconds longer.
RARE = ("account", "mfa", "socialaccount", "wagtailadmin", "wagtailsnippets", "emails")


def warm_up() -> None:
    """Import the addresses and compile the templates of public pages; takes a third of a second."""
    import_module(settings.ROOT_URLCONF)
    if settings.DEBUG:
        return  # templates are read anew for each request
    folder = paths.RESOURCES / "templates"
    for path in sorted(folder.rglob("*.html")):
        if not set(RARE) & set(path.relative_to(folder).parts):
            get_template(str(path.relative_to(folder)))
