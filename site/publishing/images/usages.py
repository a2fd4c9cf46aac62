"""In which sizes and formats the site shows an image: the one list of them.

Templates name a usage (``{% site_image page.lead_image "lead" %}``); a task makes
the renditions of all usages as soon as an image is saved.
"""

from __future__ import annotations

import hashlib

from wagtail.images.models import Filter

USAGES = {
    "lead": "width-1200 format-webp",  # above a post
    "front": "fill-960x540 format-webp",  # of the newest post, on the home page
    "shared": "width-1200 format-jpeg",  # where a link to a post is shared, and in feeds
    "portrait": "fill-160x160 format-webp",  # on an author's page
    "small-portrait": "fill-96x96 format-webp",  # below a post
    "body": "format-{avif,webp,jpeg} width-{480,960,1440}",  # between paragraphs
}
ADMIN_SPECS = ["max-165x165", "max-800x600"]  # Wagtail's own, in lists and on the page of an image


def filters_of(usage: str) -> list[Filter]:
    """Raises KeyError for a usage that is not listed above."""
    return [Filter(spec) for spec in Filter.expand_spec(USAGES[usage])]


def all_filters() -> list[Filter]:
    public = [wanted for usage in USAGES for wanted in filters_of(usage)]
    return [*public, *(Filter(spec) for spec in ADMIN_SPECS)]


def version() -> str:
    """Return what changes with the list, so that an upgrade which changed it draws images again."""
    specs = "\n".join(sorted(wanted.spec for wanted in all_filters()))
    return hashlib.sha256(specs.encode()).hexdigest()[:16]
