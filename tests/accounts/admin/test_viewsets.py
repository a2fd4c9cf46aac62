"""Editors decide who is verified; whoever may read the lists changes nothing else in them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from accounts import audit
from accounts.affiliation import verification
from accounts.models import AccountEvent, Affiliation
from tests.support.affiliations import make_editor, make_organisation
from tests.support.factories import make_user
from tests.support.stand_in import fresh_limits

__all__ = ["fresh_limits"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("decision", "is_valid"), [("confirm", True), ("withdraw", False)])
def test_an_editor_decides(client, decision, is_valid):
    organisation, user = make_organisation(), make_user()
    verification.request(user, organisation)
    client.force_login(editor := make_editor("view_affiliation", "change_affiliation"))

    fields = {"organisation": organisation.pk, "decision": decision}
    response = client.post(f"/admin/voices/edit/{user.affiliation.pk}/", fields)

    assert response.status_code == 302
    assert Affiliation.objects.valid().exists() is is_valid
    assert AccountEvent.objects.get(action=AccountEvent.Action.AFFILIATION).by == editor


def test_the_staff_reads_it_and_nobody_changes_it(client):
    line = audit.record(AccountEvent.Action.SIGNED_IN, person=make_user(name="Grace Heron"), details="google")
    client.force_login(make_user(is_superuser=True))

    page = client.get("/admin/account-events/").content.decode()
    client.post(f"/admin/account-events/delete/{line.pk}/")

    assert "Grace Heron" in page
    assert AccountEvent.objects.filter(pk=line.pk).exists()


def test_an_editor_without_the_right_does_not_read_it(client):
    editor = make_user()
    editor.groups.add(Group.objects.get(name="Editors"))
    client.force_login(editor)

    assert client.get("/admin/account-events/").status_code == 302
