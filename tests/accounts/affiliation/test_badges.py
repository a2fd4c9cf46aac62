"""The role and organization beside a name, for a whole list at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.affiliation.badges import AuthorBadge, badges_for, verifications_of
from accounts.models import Affiliation
from tests.support.affiliations import make_affiliated
from tests.support.comments import queries_of
from tests.support.factories import make_user
from tests.support.stand_in import fresh_limits

__all__ = ["fresh_limits"]
pytestmark = pytest.mark.django_db


def test_badges_cost_one_query_for_any_number_of_people(django_assert_num_queries):
    people = [make_user(role="Teacher", organisation="Some school") for _ in range(5)]

    with django_assert_num_queries(1):
        badges = badges_for(people)

    assert set(badges.values()) == {AuthorBadge("Teacher", "Some school", verified=False)}


def test_a_verification_that_expires_while_the_site_runs_is_one_no_more():
    user = make_affiliated().user
    assert verifications_of([user.pk])[user.pk].organisation

    Affiliation.objects.filter(user=user).update(expires_at=timezone.now() - timedelta(seconds=1))

    assert verifications_of([user.pk]) == {}


def test_nobody_is_asked_for_without_a_query():
    assert queries_of(lambda: verifications_of([])) == []
