"""An edition is read at its own address, which says where the latest one is."""

from __future__ import annotations

import pytest

from tests.support.paper_files import make_read_edition

pytestmark = pytest.mark.django_db


def test_an_edition_is_read_at_its_own_address_for_good_and_says_which_is_current(client):
    first = make_read_edition(pages=["Old words"])
    make_read_edition(first.paper, pages=["New words"])
    url = first.paper.url

    old = client.get(f"{url}editions/1/read/1/").content.decode()

    assert "Old words" in old
    assert "Go to the 2nd edition, the latest" in old
    assert "New words" in client.get(f"{url}read/1/").content.decode()
