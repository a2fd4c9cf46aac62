"""Images and documents as they are stored."""

from __future__ import annotations

import pytest
from django.db.models.signals import post_save

from publishing.models import SiteDocument, SiteImage

pytestmark = pytest.mark.django_db


def test_a_document_is_stored_with_what_is_written_about_it_or_not_at_all():
    def fail(**_signal):
        raise ConnectionError

    post_save.connect(fail, sender=SiteDocument)
    try:
        with pytest.raises(ConnectionError):
            SiteDocument.objects.create(title="File", file="documents/file.pdf")
    finally:
        post_save.disconnect(fail, sender=SiteDocument)

    assert not SiteDocument.objects.exists()


def test_an_editor_credits_an_image_in_its_form():
    assert SiteImage.admin_form_fields[-1] == "credit"
