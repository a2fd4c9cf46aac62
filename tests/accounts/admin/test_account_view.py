"""A person's own account page in the admin."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from accounts.models import Affiliation
from tests.support.account_pages import initial_of
from tests.support.affiliations import (
    AT_WORK,
    confirmed,
    make_editor,
    make_organisation,
)
from tests.support.stand_in import fresh_limits

__all__ = ["fresh_limits"]
pytestmark = pytest.mark.django_db


def test_an_editor_who_says_something_else_at_the_admin_loses_it_too(client):
    editor = make_editor()
    EmailAddress.objects.create(user=editor, email=AT_WORK, verified=True)
    confirmed(editor, make_organisation())
    client.force_login(editor)
    fields = {
        "name_email-name": "L. S.",
        "name-name": "L. S.",
        "name-role": "",
        "name-organisation": "Elsewhere",
    }

    page = client.post("/admin/account/", {**initial_of(client, "/admin/account/"), **fields})

    assert page.status_code == 302
    editor.refresh_from_db()
    assert editor.organisation == "Elsewhere"
    assert not Affiliation.objects.valid().exists()
