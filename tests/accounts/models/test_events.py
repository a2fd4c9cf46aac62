"""The log of what happened to an account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AccountEvent
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_person_has_the_events_of_their_account_newest_first():
    maria, now = make_user(name="Maria Alvarez"), timezone.now()
    for minutes in (5, 1, 9):
        AccountEvent.objects.create(
            action=AccountEvent.Action.SIGNED_IN, person=maria, at=now - timedelta(minutes=minutes)
        )
    AccountEvent.objects.create(action=AccountEvent.Action.SIGNED_IN, person=make_user(), by=maria)

    events = AccountEvent.objects.for_person(maria)

    assert [now - event.at for event in events] == [timedelta(minutes=minutes) for minutes in (1, 5, 9)]


def test_an_event_without_an_account_names_nobody():
    assert str(AccountEvent(action=AccountEvent.Action.FAILED)) == "?: failed to sign in"
