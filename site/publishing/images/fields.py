"""The file of an image: no form and no model opens it in this process, only the child does."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField as WagtailFormField
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from sandbox import pictures
from sandbox.local_file import on_disk
from sandbox.picture_errors import explain
from sandbox.slots import BusyError

UPLOAD_LIMITS = pictures.Limits(
    max_pixels=settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS, seconds=15.0, megabytes=768
)


class ImageFormField(WagtailFormField):
    """Accepts a picture that the child could decode as a whole; ``file.picture`` then knows its size."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.help_text = _("%(formats)s, up to %(size)s and %(number)s megapixels.") % {
            "formats": self.supported_formats_text,
            "size": self.max_upload_size_text,
            "number": UPLOAD_LIMITS.max_pixels // 1_000_000,
        }

    def to_python(self, data: Any) -> Any:
        file: Any = forms.FileField.to_python(self, data)
        if file is None:
            return None
        self.check_image_file_size(file)
        try:
            with on_disk(file) as path:
                file.picture = pictures.decode(path, UPLOAD_LIMITS)
        except (pictures.PictureError, BusyError) as error:
            raise ValidationError(explain(error, UPLOAD_LIMITS), code="invalid_image") from error
        self.check_format(file)
        file.content_type = f"image/{file.picture.format}"
        return file

    def check_format(self, file: Any) -> None:
        """Raise ValidationError for a file whose name promises another format than it has."""
        extension = file.name.rpartition(".")[2].lower().replace("jpg", "jpeg")
        if extension != file.picture.format:
            raise ValidationError(
                self.error_messages["invalid_image_known_format"],
                code="invalid_image_known_format",
                params={"extension": extension, "image_format": file.picture.format},
            )


class ImageFieldFile(WagtailImageFieldFile):
    def get_image_dimensions(self) -> tuple[int, int]:
        """Return the upright size in pixels, known already where a form or the child has measured the file.

        Raises PictureError or BusyError where it has to be measured now and can't be.
        """
        picture = getattr(self.__dict__.get("_file"), "picture", None)
        if picture is None:
            with on_disk(self) as path:
                picture = pictures.decode(path, UPLOAD_LIMITS)
        return picture.width, picture.height


class ImageField(WagtailImageField):
    attr_class = ImageFieldFile

    def update_dimension_fields(self, instance: Any, force: bool = False, *args: Any, **kwargs: Any) -> None:
        """Measure a new file; not when it only gets its name in the storage, as Django does on saving."""
        is_named_only = isinstance(instance.__dict__.get(self.attname), str)
        if force and is_named_only and instance.width and instance.height:
            return
        super().update_dimension_fields(instance, force, *args, **kwargs)
