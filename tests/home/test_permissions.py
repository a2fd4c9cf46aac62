"""Groups and their rights are there as soon as the tables are."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from blog.models import PostIndex
from home import permissions
from home.models import HomePage
from papers.models import DownloadCount
from tests.support.factories import make_paper, make_user
from tests.support.paper_files import make_document, make_edition

pytestmark = pytest.mark.django_db
give = import_module("home.migrations.0002_group_permissions").give


def codenames(name: str) -> set[str]:
    return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))


@pytest.mark.parametrize("name", permissions.GROUPS)
def test_the_migration_alone_gives_a_group_its_rights(name):
    Group.objects.all().delete()

    give(apps, None)

    assert {"access_admin", "add_topic", "moderate_comment", "change_affiliation"} <= codenames(name)


def test_each_group_may_what_the_one_before_may_and_more():
    editors, moderators, administrators = (codenames(name) for name in permissions.GROUPS)

    assert editors < moderators < administrators
    assert "view_accountevent" in moderators - editors
    assert {"change_user", "change_group"} <= administrators - moderators


def test_page_rights_come_with_the_front_page_and_are_not_taken_away_again():
    GroupPagePermission.objects.filter(group__name="Administrators").delete()
    own = GroupPagePermission.objects.filter(group__name="Editors", page=Page.get_first_root_node()).count()

    permissions.grant(HomePage.objects.get())
    permissions.grant(HomePage.objects.get())

    assert GroupPagePermission.objects.filter(group__name="Administrators").count() == 6
    assert (
        GroupPagePermission.objects.filter(group__name="Editors", page=Page.get_first_root_node()).count()
        == own
    )


@pytest.mark.parametrize(
    ("name", "path", "status"),
    [
        ("Editors", "/admin/users/", HTTPStatus.FOUND),
        ("Moderators", "/admin/users/", HTTPStatus.FOUND),
        ("Administrators", "/admin/users/", HTTPStatus.OK),
        ("Administrators", "/admin/groups/", HTTPStatus.OK),
        ("Administrators", "/admin/account-events/", HTTPStatus.OK),
        ("Editors", "/admin/account-events/", HTTPStatus.FOUND),
    ],
)
def test_addresses_of_the_admin_open_by_group(client, name, path, status):
    member = make_user()
    member.groups.add(Group.objects.get(name=name))
    client.force_login(member)

    assert client.get(path).status_code == status


PLACES_FOR_STAFF = [
    "/admin/", "/admin/documents/", "/admin/documents/results/", "/admin/documents/chooser/",
    "/admin/documents/chooser/results/", "/admin/images/", "/admin/images/chooser/", "/admin/pages/",
    "/admin/pages/search/?q=minutes", "/admin/choose-page/", "/admin/choose-page/search/?q=minutes",
    "/admin/papers/downloads/", "/admin/papers/downloads/?format=csv", "/admin/papers/requests/",
    "/admin/papers/copies/", "/admin/reports/files-at-the-gate/", "/admin/reports/site-history/",
    "/admin/reports/locked/", "/admin/reports/aging-pages/", "/admin/collections/",
    "/admin/api/main/pages/", "/admin/api/main/documents/", "/admin/api/main/images/",
    "/admin/pages/{draft}/move/{blog}/confirm/", "/admin/api/main/documents/{document}/",
]  # fmt: skip


def test_the_right_to_enter_the_admin_alone_shows_no_titles_and_no_counts(client):
    paper = make_paper(title="Minutes of a closed session", live=False)
    edition = make_edition(paper)
    DownloadCount.objects.create(edition=edition, month=date(2026, 11, 1), number=31_337)
    document = make_document(title="Minutes, as a file")
    ids = {"draft": paper.pk, "blog": PostIndex.objects.get().pk, "document": document.pk}
    member = make_user()
    member.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(member)

    responses = {place: client.get(place.format_map(ids)) for place in PLACES_FOR_STAFF}

    assert responses["/admin/"].status_code == 200
    told = [
        place
        for place, response in responses.items()
        if response.status_code == 200
        and any(secret in b"".join(response).decode() for secret in ("Minutes", "31337", "31,337"))
    ]
    assert told == []
