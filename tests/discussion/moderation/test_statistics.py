"""The statistics of moderation, as a page and as a file."""

from __future__ import annotations

import csv
from http import HTTPStatus
from io import StringIO

import pytest
from django.utils import timezone

from tests.support.comments import make_comment, visible_text
from tests.support.factories import make_user
from tests.support.moderation import make_moderator

pytestmark = pytest.mark.django_db


def test_the_report_counts_acts_by_month_and_rule(moderator):
    for rule in (1, 1, 3):
        make_comment().remove(rule=rule, by=make_moderator())
    make_comment().hold(by=make_moderator())

    words = visible_text(moderator.get("/admin/reports/discussion/"))
    rows = list(csv.reader(StringIO(moderator.get("/admin/reports/discussion/?export=csv").content.decode())))

    month = timezone.localtime().strftime("%Y-%m")
    assert "Remove comment 1. Speak under your own name 2" in words
    assert rows[0] == ["Month", "Action", "House rule", "Number"]
    assert [month, "Remove comment", "3. No student information", "1"] in rows
    assert [month, "Hold comment", "", "1"] in rows


def test_the_report_is_for_moderators(client):
    client.force_login(make_user())

    assert client.get("/admin/reports/discussion/").status_code in (
        HTTPStatus.FOUND,
        HTTPStatus.FORBIDDEN,
    )
