"""Whatever a template of a public page prints, some golden text misses it when it is gone."""

from __future__ import annotations

import pytest

from tests.test_golden_texts import rich_site, unnoticed_losses

__all__ = ["rich_site"]
pytestmark = [pytest.mark.soak, pytest.mark.django_db]


def test_no_part_of_any_public_template_is_lost_unnoticed(client, rich_site):
    assert unnoticed_losses(client) == []
