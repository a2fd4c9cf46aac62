"""Draws the renditions of an image, all of them in one child process."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from wagtail.images.models import AbstractImage, Filter

from sandbox import pictures
from sandbox.local_file import on_disk

LIMITS = pictures.Limits(max_pixels=settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS, seconds=60.0, megabytes=768)
QUALITIES = {"jpeg": 76, "webp": 80, "avif": 61, "png": 100}  # Wagtail's own
EXTENSIONS = {"jpeg": "jpg"}
MAX_STEM = 24  # characters of the original's name in that of a rendition


class RenditionFile(ContentFile):
    """A drawn picture; ``picture`` holds its size, so that nobody opens it again."""

    def __init__(self, content: bytes, name: str, picture: pictures.Picture) -> None:
        super().__init__(content, name)
        self.picture = picture


def draw(image: AbstractImage, filters: Sequence[Filter]) -> dict[Filter, RenditionFile]:
    """Return a file for each filter.

    Raises PictureError and BusyError as ``pictures.decode`` does, and OSError
    where the original is not in the storage.
    """
    with TemporaryDirectory(prefix="colloquy-image-") as folder, on_disk(image.file) as path:
        outputs = {
            wanted: output_for(image, wanted, Path(folder) / str(number))
            for number, wanted in enumerate(filters)
        }
        pictures.decode(path, LIMITS, outputs=list(outputs.values()))
        return {wanted: as_file(image, wanted, output) for wanted, output in outputs.items()}


def output_for(image: AbstractImage, wanted: Filter, path: Path) -> pictures.Output:
    """Return what Wagtail's filter asks for: which part of the image, how large, and in which format."""
    transform = wanted.get_transform(image)
    chosen: dict[str, Any] = {}
    for operation in wanted.filter_operations:
        operation.run(None, image, chosen)  # those for format and quality, which touch no picture
    format = chosen.get("output-format", original_format(image))
    left, top, right, bottom = transform.get_rect().round()
    size = (max(1, round(transform.size[0])), max(1, round(transform.size[1])))
    quality = chosen.get(f"{format}-quality", QUALITIES[format])
    return pictures.Output(str(path), format, size, quality, (left, top, right, bottom))


def original_format(image: AbstractImage) -> str:
    """Return the format by the file's name, which the form compared with its content."""
    extension = PurePath(image.file.name).suffix.lower().removeprefix(".").replace("jpg", "jpeg")
    return extension if extension in QUALITIES else "jpeg"


def as_file(image: AbstractImage, wanted: Filter, output: pictures.Output) -> RenditionFile:
    """Return the file under a name made of its bytes: it can be cached for good, and not be guessed."""
    content = Path(output.path).read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:16]
    stem, spec = PurePath(image.file.name).stem[:MAX_STEM], wanted.spec.replace("|", ".")
    name = f"{stem}.{spec}.{digest}.{EXTENSIONS.get(output.format, output.format)}"
    return RenditionFile(content, name, pictures.Picture(output.format, *output.size))
