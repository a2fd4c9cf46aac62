"""The one form by which files come in: single upload, multiple upload and choosers."""

from __future__ import annotations

from wagtail.documents.forms import BaseDocumentForm


class DocumentForm(BaseDocumentForm):
    """Wagtail's document form."""
