"""How long a request for a copy is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from papers.models import CopyRequest
from papers.reader_requests import actions
from papers.reader_requests.actions import delete_old
from tests.support.reader_requests import make_closed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unhurried")]


def test_a_request_is_forgotten_once_its_link_is_dead(settings):
    settings.FORMAT_REQUEST_KEEP_DAYS = 1  # less than a link is good for
    answered = actions.request_copy(make_closed(), name="Ada", email="ada@example.org", purpose="")
    answered.resolve("granted", user=None)
    waiting = actions.request_copy(answered.edition, name="Bea", email="bea@example.org", purpose="")

    assert delete_old() == 0
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert delete_old() == 1
    assert list(CopyRequest.objects.all()) == [waiting]
    with time_machine.travel(timezone.now() + timedelta(days=731)):
        assert delete_old() == 1
