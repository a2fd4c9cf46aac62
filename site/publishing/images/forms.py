"""The form for an image, in Wagtail's library, chooser and multiple upload."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm

from publishing.images.fields import ImageFormField
from publishing.images.tasks import queue_renditions


class SiteImageForm(BaseImageForm):
    file = ImageFormField(label=_("File"), widget=BaseImageForm.Meta.widgets["file"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A field declared here would be in every form, of those for titles alone too.
        if "file" not in (self._meta.fields or ()) or "file" in (self._meta.exclude or ()):
            del self.fields["file"]

    def save(self, commit: bool = True) -> Any:
        image = super().save(commit=commit)
        if commit and "file" in self.changed_data:
            # Wagtail has deleted all renditions after the image was saved, and perhaps those of the new file.
            queue_renditions(image)
        return image
