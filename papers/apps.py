"""What the room sets going when the site starts."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    name = "papers"
    verbose_name = _("White papers")

    def ready(self) -> None:
        from wagtail.models import ReferenceIndex

        from papers import privacy  # noqa: F401 - registers what it exports and erases
        from papers.intake import receivers
        from papers.models import Edition

        receivers.connect()
        ReferenceIndex.register_model(Edition)  # so that a document says which edition uses it
