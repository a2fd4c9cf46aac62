"""Nobody loses the mark beside their name without having been told in time, twice and no more."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.affiliation import verification
from accounts.affiliation.reminders import remind
from accounts.models import Voice
from home import jobs
from mail.models import QueuedEmail
from tests.accounts.affiliation.test_verification import AT_WORK, confirmed, make_organisation, make_voter
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def voice() -> Voice:
    return confirmed(make_voter(), make_organisation())


def before_the_end(voice: Voice, days: float) -> time_machine.travel:
    return time_machine.travel(voice.until - timedelta(days=days), tick=False)


def test_a_letter_comes_a_month_and_a_week_before_the_end(voice):
    for days, letters in [(31, 0), (30, 1), (20, 1), (8, 1), (7, 2), (1, 2), (-1, 2)]:
        with before_the_end(voice, days):
            remind()
            remind()
        assert QueuedEmail.objects.count() == letters, days

    first = QueuedEmail.objects.first()
    assert first.to == voice.user.email
    assert "Northern District" in first.text
    assert "/accounts/me/organization/" in first.text


def test_who_runs_it_late_writes_once(voice):
    with before_the_end(voice, 3):
        assert remind() == 1
        assert remind() == 0


def test_who_has_renewed_is_left_alone_until_next_year(voice):
    with before_the_end(voice, 30):
        remind()
        again = verification.accept(voice.user, verification.Claim(voice.organisation, AT_WORK))
    with before_the_end(voice, 7):
        assert remind() == 0

    with before_the_end(again, 30):
        assert remind() == 1


def test_what_counts_no_more_is_not_brought_up(voice):
    verification.withdraw(voice.user)

    with before_the_end(voice, 7):
        assert remind() == 0


def test_an_editors_word_stands_while_its_renewal_waits():
    organisation, user = make_organisation(), make_user()
    verification.ask(user, organisation)
    verification.vouch(user.voice, by=make_user())
    verification.ask(user, organisation)

    voice = Voice.objects.waiting().get()
    assert voice.is_standing
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        assert not voice.is_standing


def test_asking_for_another_organization_ends_the_first():
    user = make_user()
    verification.ask(user, make_organisation())
    verification.vouch(user.voice, by=make_user())

    verification.ask(user, make_organisation("Southern District", "southern.k12.example"))

    assert not Voice.objects.standing().exists()


def test_it_is_done_by_itself():
    assert "accounts.affiliation.reminders.remind" in {job.name for job in jobs.JOBS}
