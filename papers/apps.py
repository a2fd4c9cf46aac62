"""What the room sets going when the site starts."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    name = "papers"
    verbose_name = _("White papers")

    def ready(self) -> None:
        from wagtail.models import ReferenceIndex

        from papers import (
            members,  # noqa: F401 - enters itself in the accounts' rooms
            receivers,
        )
        from papers.models import Edition

        receivers.connect()
        ReferenceIndex.register_model(Edition)  # so that a document says which edition uses it
