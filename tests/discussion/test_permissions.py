"""Who may moderate, and the groups that may."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.contrib.auth.models import Group

from discussion.permissions import grant_moderation
from tests.support.moderation import ADMIN, make_staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("group", ["Moderators", "Editors"])
def test_moderators_and_editors_see_the_queue_in_the_menu(client, group):
    client.force_login(make_staff(group))

    assert b'"label": "Discussion"' in client.get("/admin/").content
    assert client.get(ADMIN).status_code == HTTPStatus.OK


def test_granting_twice_is_as_good_as_once():
    grant_moderation()
    grant_moderation()

    assert Group.objects.get(name="Moderators").permissions.filter(codename="moderate_comment").count() == 1
