"""What nobody may do to a model in the admin, superusers cannot do either."""

from __future__ import annotations

import pytest

from accounts.models import Affiliation
from tests.support.affiliations import (
    confirmed,
    make_member_at_work,
    make_organisation,
)
from tests.support.factories import make_user
from tests.support.stand_in import fresh_limits

__all__ = ["fresh_limits"]
pytestmark = pytest.mark.django_db


def test_nobody_adds_or_deletes_voices_at_the_admin(client):
    affiliation = confirmed(make_member_at_work(), make_organisation())
    client.force_login(make_user(is_superuser=True))

    client.post(f"/admin/voices/delete/{affiliation.pk}/")

    assert Affiliation.objects.exists()
    assert client.get("/admin/voices/new/").status_code == 302
