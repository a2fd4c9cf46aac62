"""Numbers in our addresses are no larger than the key of a row can be."""

from __future__ import annotations

import pytest
from django.urls import get_resolver

pytestmark = pytest.mark.django_db
OURS = {"accounts", "blog", "discussion", "home", "mail", "papers", "publishing", "search"}
# By its view sets.
OF_WAGTAIL = ("admin/api/main/", "admin/discussion-bans/", "admin/users/", "admin/groups/")


def test_our_addresses_bound_their_numbers():
    """Django's own converter takes numbers that no column holds."""

    def walk(patterns, path=""):
        for pattern in patterns:
            here = path + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns, here)
            elif "<int:" in here and pattern.lookup_str.split(".")[0] in OURS:
                yield here

    by_view_sets = set(walk(get_resolver().url_patterns))
    assert {path for path in by_view_sets if not path.startswith(OF_WAGTAIL)} == set()


def test_a_number_beyond_every_key_is_no_page(client):
    assert client.get("/discussion/comment/2147483648/").status_code == 404
