"""Every role at every address; tests/test_access.py tries the two on either side of who may."""

from __future__ import annotations

import pytest

from tests.support import access
from tests.support.access import Walk
from tests.support.roles import ROLES
from tests.test_access import NOT_REACHED, taken_without_token, walk

__all__ = ["walk"]
pytestmark = [pytest.mark.soak, pytest.mark.django_db]

# Where Wagtail itself stumbles over a form without fields, which no page of its own sends.
WAGTAIL_ERRORS = {
    "/admin/choose-external-link/",
    "/admin/redirects/import/process/",
    "/admin/snippets/choose/accounts/organisation/create/",
    "/admin/snippets/choose/publishing/author/create/",
    "/admin/snippets/choose/publishing/topic/create/",
}


def test_every_role_gets_in_where_the_table_says_and_nowhere_else(walk):
    wrong = []
    for route, path in walk.paths():
        first = access.first_role(route)
        wrong += [f"{role} gets in at {path}" for role in ROLES[:first] if not walk.refuses(role, path)]
        if route not in NOT_REACHED:
            wrong += [
                f"{role} is refused at {path}" for role in ROLES[first:] if not walk.lets_in(role, path)
            ]

    assert wrong == []
    assert walk.errors <= WAGTAIL_ERRORS


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_no_rarer_method_changes_anything_without_the_token_of_the_session(method):
    # Without a mail provider this answers "not found".
    assert taken_without_token(Walk(enforce_csrf_checks=True), method) == {"mail/events/"}
