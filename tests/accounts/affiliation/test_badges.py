"""The role and organization beside a name, for a whole list at once."""

from __future__ import annotations

import pytest

from accounts.affiliation.badges import AuthorBadge, badges_for
from tests.support.factories import make_user
from tests.support.stand_in import fresh_limits

__all__ = ["fresh_limits"]
pytestmark = pytest.mark.django_db


def test_badges_cost_one_query_for_any_number_of_people(django_assert_num_queries):
    people = [make_user(role="Teacher", organisation="Some school") for _ in range(5)]

    with django_assert_num_queries(1):
        badges = badges_for(people)

    assert set(badges.values()) == {AuthorBadge("Teacher", "Some school", verified=False)}
