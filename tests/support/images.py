"""Images of the library, and uploads of them."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from publishing.models import SiteImage

DOORS = {
    "add": "wagtailimages:add",
    "chooser": "wagtailimages_chooser:create",
    "multiple": "wagtailimages:add_multiple",
    "edit": "wagtailimages:edit",
}


def image_bytes(kind: str = "PNG", *, size: tuple[int, int] = (1200, 675), **options: Any) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "#335").save(written, kind, **options)
    return written.getvalue()


def make_image(
    description: str = "", *, content: bytes | None = None, name: str = "picture.png", **fields: Any
) -> SiteImage:
    """Make an image; its renditions are made on commit."""
    file = ContentFile(image_bytes() if content is None else content, name)
    return SiteImage.objects.create(
        **{"title": "Picture", "file": file, "description": description, **fields}
    )


def image_upload(content: bytes, name: str = "bus.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send(client, door: str, content: bytes, name: str = "bus.png"):
    """Send a file through one of Wagtail's doors; return what it answers."""
    address = reverse(DOORS[door], args=[make_image().pk] if door == "edit" else [])
    if door == "multiple":
        return client.post(address, {"title": "Bus", "files[]": image_upload(content, name)})
    prefix = "image-chooser-upload-" if door == "chooser" else ""
    return client.post(address, {f"{prefix}title": "Bus", f"{prefix}file": image_upload(content, name)})


def specs(image: SiteImage) -> set[str]:
    return set(image.renditions.values_list("filter_spec", flat=True))
