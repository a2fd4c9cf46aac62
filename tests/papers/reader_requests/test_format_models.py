"""When a request for another format is answered, and how long it is kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from mail.models import QueuedEmail
from papers.models import FormatRequest
from papers.reader_requests.actions import delete_old
from papers.reader_requests.format_models import working_days_after
from tests.support.paper_files import make_edition
from tests.support.reader_requests import ask_for_format, make_request

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_counts")]


@pytest.mark.parametrize(("days", "words"), [(180, "180 days after"), (1, "1 day after")])
def test_a_reader_is_told_when_their_request_is_deleted(client, settings, days, words):
    settings.FORMAT_REQUEST_KEEP_DAYS = days

    ask_for_format(client, make_edition().paper)

    text = QueuedEmail.objects.get(to="joan@example.org").text
    assert f"Only our staff can see your request. We delete it {words} we answer." in text


def test_a_request_is_deleted_some_time_after_its_answer(settings):
    settings.FORMAT_REQUEST_KEEP_DAYS = 30
    now = timezone.now()
    answered = {"state": FormatRequest.State.ANSWERED}
    edition = make_edition()
    make_request(edition, answered_at=now - timedelta(days=31), **answered)
    recent = make_request(edition, answered_at=now - timedelta(days=29), **answered)
    waiting = make_request(edition, requested_at=now - timedelta(days=300))

    assert delete_old() == 1

    assert set(FormatRequest.objects.all()) == {recent, waiting}


@pytest.mark.parametrize(
    ("requested_on", "days", "answered"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 11, 20), 10, date(2026, 12, 4)),
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
    ],
)
def test_an_answer_is_promised_in_working_days(requested_on, days, answered):
    assert working_days_after(requested_on, days) == answered
