"""Shows images in renditions that are there already."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString
from wagtail.images.models import Picture

from publishing.images.usages import filters_of
from publishing.models import SiteImage

register = template.Library()


@register.simple_tag
def site_image(image: SiteImage | None, usage: str, **attrs: str) -> str | SafeString:
    """Return the image as an ``img`` or ``picture`` element; nothing while a task has yet to make it.

    No rendition is ever made here: a reader must not wait for a large original
    to be decoded. ``usage`` is one of ``publishing.images.usages``.
    """
    renditions = image.ready_renditions(*filters_of(usage)) if image else {}
    if not renditions:
        return ""
    if len(renditions) == 1:
        (rendition,) = renditions.values()
        return rendition.img_tag(attrs)
    return Picture(renditions, attrs).__html__()
