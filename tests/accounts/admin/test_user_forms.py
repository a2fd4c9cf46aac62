"""The admin's forms for people and groups give nobody more rights than the person who fills them in has."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from accounts.models import User
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db


def fields_of(person: User, **changes: object) -> dict[str, object]:
    fields = {
        "email": person.email,
        "name": person.name or "P",
        "role": "",
        "organisation": "",
        "is_active": "on",
    }
    return {**fields, "groups": list(person.groups.values_list("pk", flat=True)), **changes}


def test_an_administrator_makes_no_superuser(desk):
    assert "is_superuser" not in desk.get("/admin/users/new/").content.decode()

    desk.post(
        "/admin/users/new/",
        {
            "email": "new@example.org", "name": "New", "is_superuser": "on",
            "password1": "a long enough phrase", "password2": "a long enough phrase",
        },
    )  # fmt: skip

    assert not User.objects.get(email="new@example.org").is_superuser


def test_nor_becomes_one(desk, administrator):
    desk.post(f"/admin/users/edit/{administrator.pk}/", fields_of(administrator, is_superuser="on"))

    administrator.refresh_from_db()
    assert not administrator.is_superuser
    assert administrator.groups.get().name == "Administrators"


@pytest.mark.parametrize("address", ["/admin/users/edit/{}/", "/admin/users/delete/{}/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_superusers_account_is_closed_to_an_administrator(desk, address, method):
    chief = make_user(email="chief@example.org", is_superuser=True)

    getattr(desk, method)(address.format(chief.pk), fields_of(chief, email="mine@example.org"))

    chief.refresh_from_db()
    assert chief.email == "chief@example.org"
    assert b"chief@example.org" not in desk.get(f"/admin/users/edit/{chief.pk}/").content


def test_an_administrator_edits_members_and_editors(desk):
    member, editors = make_user(), Group.objects.get(name="Editors")

    desk.post(f"/admin/users/edit/{member.pk}/", fields_of(member, name="Renamed", groups=[editors.pk]))

    member.refresh_from_db()
    assert (member.name, member.groups.get()) == ("Renamed", editors)


def make_mighty_group() -> Group:
    group = Group.objects.create(name="Mighty")
    group.permissions.add(Permission.objects.get(codename="add_session"))
    return group


def test_nobody_is_put_into_a_group_with_more_rights(desk):
    member, mighty = make_user(), make_mighty_group()
    assert "Mighty" not in desk.get(f"/admin/users/edit/{member.pk}/").content.decode()

    desk.post(f"/admin/users/edit/{member.pk}/", fields_of(member, groups=[mighty.pk]))
    desk.post(f"/admin/bulk/accounts/user/assign_role/?id={member.pk}", {"role": mighty.pk})

    assert not member.groups.exists()


def test_a_group_with_more_rights_is_closed(desk):
    mighty = make_mighty_group()

    for address in (f"/admin/groups/edit/{mighty.pk}/", f"/admin/groups/delete/{mighty.pk}/"):
        desk.post(address, {"name": "Mine"})

    assert Group.objects.get(pk=mighty.pk).name == "Mighty"


def test_a_group_gets_no_page_that_its_editor_does_not_reach(client):
    """Somebody's rights begin at the home page; the root is above."""
    group, helpers = Group.objects.create(name="Temps"), Group.objects.create(name="Helpers")
    permission = Permission.objects.get(codename="change_page")
    helpers.permissions.set(Permission.objects.filter(codename__in=["access_admin", "change_group"]))
    GroupPagePermission.objects.create(group=helpers, page=Page.objects.get(depth=2), permission=permission)
    helper = make_user()
    helper.groups.add(helpers)
    client.force_login(helper)
    root = Page.get_first_root_node()
    forms = {f"{prefix}-{name}": 0 for prefix in PANELS for name in ("TOTAL_FORMS", "INITIAL_FORMS")}

    page = client.post(
        f"/admin/groups/edit/{group.pk}/",
        {
            "name": "Temps", **forms, "page_permissions-TOTAL_FORMS": 1,
            "page_permissions-0-page": root.pk, "page_permissions-0-permissions": [permission.codename],
        },
        follow=True,
    )  # fmt: skip

    assert "you can’t give a group permissions that you don’t have" in page.content.decode()
    assert not GroupPagePermission.objects.filter(group=group).exists()


PANELS = ["page_permissions", "collection_permissions", "document_permissions", "image_permissions"]
