"""Walking the site as every role, and comparing with docs/access.md who gets in where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.test import Client

from tests.support.addresses import fill, routes
from tests.support.factories import make_user
from tests.support.paths import ROOT
from tests.support.rich_site import make_rich_site
from tests.support.roles import ROLES, client_of, make_role
from tests.support.site_objects import Values, make_values

WORDS = dict(zip(
    ("everybody", "members", "admin right", "authors", "editors", "moderators", "administrators",
     "superusers"),
    ROLES, strict=True,
))  # fmt: skip
NOBODY = ("nobody", "its owner")
ROW = re.compile(r"^\| ((?:`/[^`]*` ?)+)\| ([^|]+?) \|", re.MULTILINE)
REFUSED = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED)
# Where Wagtail and allauth send whoever may not.
DOORS = ("/accounts/login/", "/admin/login/")
DASHBOARD = "/admin/"


@cache
def rows() -> dict[str, str]:
    """Return who gets in, by the addresses of docs/access.md, which begin without a slash."""
    table = ROW.findall((ROOT / "docs" / "access.md").read_text("utf-8"))
    pairs = [(address, who) for cell, who in table for address in re.findall(r"`/([^`]*)`", cell)]
    if len(pairs) != len(dict(pairs)):
        raise ValueError("docs/access.md names an address twice")
    return dict(pairs)


def row_of(route: str) -> str | None:
    """Return the row for ``route``: its own, else the longest that ends in … and begins as it does."""
    if route in rows():
        return route
    above = [row for row in rows() if row.endswith("…") and route.startswith(row.removesuffix("…"))]
    return max(above, key=len, default=None)


def first_role(route: str) -> int:
    """Return the place in ROLES of the first that gets in; beyond the last where nobody does."""
    who = rows()[row_of(route) or ""]
    return len(ROLES) if who in NOBODY else ROLES.index(WORDS[who])


def is_refusal(response: Any) -> bool:
    location = response.get("Location", "")
    return response.status_code in REFUSED or location.startswith(DOORS) or location == DASHBOARD


class Walk:
    """Somebody of each role, and something at each address. What a request changes is undone."""

    def __init__(self, **options: bool) -> None:
        self.values: Values = make_values(make_rich_site(), outsider=make_user(name="Out Sider"))
        self.clients = {role: client_of(make_role(role), **options) for role in ROLES}
        self.errors: set[str] = set()
        self.cookies = {role: dict(client.cookies) for role, client in self.clients.items()}

    def paths(self) -> Iterator[tuple[str, str]]:
        """Yield every route, and an address of it."""
        yield from ((route, fill(route, self.values)) for route in routes())

    def send(self, role: str, method: str, path: str, **extra: Any) -> Any:
        client: Client = self.clients[role]
        client.cookies.clear()
        client.cookies.update(self.cookies[role])
        with transaction.atomic():
            response = client.generic(method, path, **extra)
            transaction.set_rollback(True)
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.errors.add(path)
        return response

    def refuses(self, role: str, path: str) -> bool:
        """Say whether neither reading nor sending gets ``role`` in."""
        return all(is_refusal(self.send(role, method, path)) for method in ("GET", "POST"))

    def lets_in(self, role: str, path: str) -> bool:
        return any(not is_refusal(self.send(role, method, path)) for method in ("GET", "POST"))
