"""For whom a page is written."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from publishing.models import Audience
from publishing.models.audiences import AudiencesField


def test_an_editor_checks_any_of_the_audiences_or_none():
    field = AudiencesField(verbose_name="written for").formfield()

    assert field.clean([]) == []
    assert field.clean(["teachers", "families"]) == [Audience.TEACHERS, Audience.FAMILIES]
    assert dict(field.choices)["school-committees"] == "School committees"


def test_nobody_else_is_an_audience():
    field = AudiencesField().formfield()

    with pytest.raises(ValidationError, match="everybody"):
        field.clean(["everybody"])


def test_a_page_is_written_for_everyone_until_somebody_says_otherwise():
    assert AudiencesField().get_default() == []
