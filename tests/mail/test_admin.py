"""Staff look up suppressed addresses, lift and add them."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.contrib.auth.models import Group
from wagtail.models import ModelLogEntry, Site

from home.permissions import grant
from mail import queue
from mail.models import SuppressedAddress
from tests.support.comments import visible_text
from tests.support.emails import ADA, suppressed
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db
ADMIN = "/admin/suppressed-addresses/"


def make_staff(group):
    grant(Site.objects.get().root_page)
    person = make_user()
    person.groups.add(Group.objects.get(name=group))
    return person


def test_staff_see_suppressed_addresses_and_lift_them(client):
    SuppressedAddress.objects.suppress(ADA, SuppressedAddress.Reason.COMPLAINED)
    SuppressedAddress.objects.suppress("grace@example.org", SuppressedAddress.Reason.BOUNCED)
    client.force_login(make_staff("Moderators"))

    menu = client.get("/admin/").content.decode()
    shown = visible_text(client.get(ADMIN))
    results = visible_text(client.get(f"{ADMIN}?q=ada"))
    lifted = client.post(f"{ADMIN}delete/{SuppressedAddress.objects.get(address=ADA).pk}/", follow=True)

    assert "Suppressed addresses" in menu
    for words in (ADA, "marked an e-mail as spam", "grace@example.org", "e-mail bounced"):
        assert words in shown
    assert "grace@example.org" not in results
    assert ADA not in visible_text(lifted)
    assert queue.enqueue(to=ADA, subject="A reply to you", text="Somebody answered.")


def test_staff_add_who_asked_to_get_no_email(client):
    client.force_login(make_staff("Moderators"))

    for address in ("Ada@Example.org", "ada@example.org", "nobody"):
        client.post(f"{ADMIN}new/", {"address": address, "reason": "asked"})

    assert suppressed() == {ADA: "asked"}
    assert not [entry for entry in ModelLogEntry.objects.all() if "@" in f"{entry.label} {entry.data}"]


def test_suppressed_addresses_are_for_those_who_may_see_them(client):
    SuppressedAddress.objects.suppress(ADA, SuppressedAddress.Reason.BOUNCED)
    client.force_login(make_staff("Editors"))

    response = client.get(ADMIN)

    assert response.status_code in (HTTPStatus.FOUND, HTTPStatus.FORBIDDEN)
    assert "Suppressed addresses" not in client.get("/admin/").content.decode()
