"""An embargo ends by itself, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from papers.editions.jobs import release_embargoes
from papers.models import Edition
from tests.support.factories import make_paper
from tests.support.paper_files import make_edition

pytestmark = pytest.mark.django_db


def test_an_embargo_that_has_ended_is_released_once():
    edition = make_edition(make_paper(), embargoed_until=timezone.now() + timedelta(hours=1))
    assert release_embargoes() == 0

    Edition.objects.update(embargoed_until=timezone.now() - timedelta(seconds=1))

    assert Edition.objects.get(pk=edition.pk).embargo_pending
    assert release_embargoes() == 1
    assert not Edition.objects.get(pk=edition.pk).embargo_pending
    assert release_embargoes() == 0
