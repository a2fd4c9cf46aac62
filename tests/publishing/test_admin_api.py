"""The admin's API lists documents and images to those who may choose or change them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission

from tests.support.factories import make_user
from tests.support.paper_files import make_document, make_editor
from tests.support.rich_site import make_image

pytestmark = pytest.mark.django_db


def listed(client, kind):
    return [item["title"] for item in client.get(f"/admin/api/main/{kind}/").json()["items"]]


def test_an_editor_finds_documents_and_images(client):
    make_document(title="Minutes")
    make_image("A bus")
    client.force_login(make_editor())

    assert listed(client, "documents") == ["Minutes"]
    assert listed(client, "images") == ["Picture"]


def test_whoever_may_only_enter_the_admin_finds_none(client):
    document = make_document(title="Minutes")
    make_image("A bus")
    member = make_user()
    member.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(member)

    assert listed(client, "documents") == listed(client, "images") == []
    assert client.get(f"/admin/api/main/documents/{document.pk}/").status_code == 404
