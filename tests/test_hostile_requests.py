"""No request that anybody can send to a public address or form is an error of ours; soak tries 20,000."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.support import access, hostile_requests
from tests.support.access import Walk

pytestmark = pytest.mark.django_db
TRIES = 500
# Sent on by the provider, or not public though everybody is let in.
LEFT_OUT = ("admin/",)
NOT_REACHED = (403, 415, 429)


class Hostility:
    """All public addresses and forms of a site with something at each, and what became of each request."""

    def __init__(self) -> None:
        self.walk = Walk()
        self.addresses = [
            (route, path) for route, path in self.walk.paths()
            if access.first_role(route) <= 1 and not route.startswith(LEFT_OUT)
        ]  # fmt: skip
        self.clients = {role: self.walk.clients[role] for role in ("anonymous", "member")}
        with transaction.atomic():  # two of the pages sign out
            paths = [path for _route, path in self.addresses if "logout" not in path]
            self.forms = hostile_requests.find_forms(self.clients.values(), paths)
            transaction.set_rollback(True)
        self.statuses: Counter[tuple[str, int]] = Counter()
        for client in self.clients.values():
            client.raise_request_exception = True

    def send(self, role: str, request: dict[str, Any]) -> None:
        response = self.walk.send(role, **request)
        b"".join(response)
        self.statuses[request["method"], response.status_code] += 1

    def try_requests(self, tries: int, *, derandomize: bool) -> None:
        requests = hostile_requests.posts(self.forms) | hostile_requests.visits(self.addresses)

        @hypothesis_settings(
            max_examples=tries, deadline=None, database=None, derandomize=derandomize, print_blob=True,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(st.sampled_from(sorted(self.clients)), requests)
        def try_one(role: str, request: dict[str, Any]) -> None:
            self.send(role, request)

        try_one()

    def reached(self) -> float:
        """Return the share of POSTs that got beyond origin, charset, CSRF and rate limit."""
        posts = {status: number for (method, status), number in self.statuses.items() if method == "POST"}
        return 1 - sum(posts.get(status, 0) for status in NOT_REACHED) / sum(posts.values())


@pytest.fixture
def hostility(settings, run_on_commit):
    settings.LIMITS = settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False
    with run_on_commit():
        return Hostility()


def test_every_public_form_is_found(hostility):
    actions = {form.action.partition("?")[0] for form in hostility.forms}

    for beginning in (
        "/discussion/post/", "/discussion/report/", "/discussion/yours/", "/discussion/appeal/",
        "/discussion/confirm/", "/discussion/following/", "/discussion/letters/",
        "/papers/accessible-format/", "/papers/copies/ask/",
        "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/",
        "/accounts/me/about/", "/accounts/google/login/", "/_util/authenticate_with_password/",
    ):  # fmt: skip
        assert any(action.startswith(beginning) for action in actions), beginning


def test_no_hostile_request_is_an_error(hostility):
    hostility.try_requests(TRIES, derandomize=True)

    assert sum(hostility.statuses.values()) >= TRIES * 0.9
    assert not [status for _method, status in hostility.statuses if status >= 500]
    assert hostility.reached() > 0.6
