"""Nobody loses the mark beside their name without having been told in time, twice and no more."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.affiliation import verification
from accounts.affiliation.reminders import send_reminders
from accounts.models import Affiliation
from home import jobs
from mail.models import QueuedEmail
from tests.support.affiliations import (
    AT_WORK,
    confirmed,
    make_member_at_work,
    make_organisation,
)
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def affiliation() -> Affiliation:
    return confirmed(make_member_at_work(), make_organisation())


def before_the_end(affiliation: Affiliation, days: float) -> time_machine.travel:
    return time_machine.travel(affiliation.expires_at - timedelta(days=days), tick=False)


def test_an_email_comes_a_month_and_a_week_before_the_end(affiliation):
    for days, emails in [(31, 0), (30, 1), (20, 1), (8, 1), (7, 2), (1, 2), (-1, 2)]:
        with before_the_end(affiliation, days):
            send_reminders()
            send_reminders()
        assert QueuedEmail.objects.count() == emails, days

    first = QueuedEmail.objects.first()
    assert first.to == affiliation.user.email
    assert "Northern District" in first.text
    assert "/accounts/me/organization/" in first.text


def test_who_runs_it_late_writes_once(affiliation):
    with before_the_end(affiliation, 3):
        assert send_reminders() == 1
        assert send_reminders() == 0


def test_who_has_renewed_is_left_alone_until_next_year(affiliation):
    with before_the_end(affiliation, 30):
        send_reminders()
        again = verification.confirm(
            affiliation.user, verification.EmailClaim(affiliation.organisation, AT_WORK)
        )
    with before_the_end(affiliation, 7):
        assert send_reminders() == 0

    with before_the_end(again, 30):
        assert send_reminders() == 1


def test_what_counts_no_more_is_not_brought_up(affiliation):
    verification.withdraw(affiliation.user)

    with before_the_end(affiliation, 7):
        assert send_reminders() == 0


def test_an_editors_word_stands_while_its_renewal_waits():
    organisation, user = make_organisation(), make_user()
    verification.request(user, organisation)
    verification.confirm_by_editor(user.affiliation, by=make_user())
    verification.request(user, organisation)

    affiliation = Affiliation.objects.pending().get()
    assert affiliation.is_valid
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        assert not affiliation.is_valid


def test_asking_for_another_organization_ends_the_first():
    user = make_user()
    verification.request(user, make_organisation())
    verification.confirm_by_editor(user.affiliation, by=make_user())

    verification.request(user, make_organisation("Southern District", "southern.k12.example"))

    assert not Affiliation.objects.valid().exists()


def test_it_is_done_by_itself():
    assert "accounts.affiliation.reminders.send_reminders" in {job.name for job in jobs.JOBS}
