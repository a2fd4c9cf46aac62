"""Nobody gives away, or takes over, more rights than they have."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from accounts.admin.grants import may_change_users, may_grant_group
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("action", "fields"),
    [("set_active_state", {"mark_as_active": "False"}), ("delete", {}), ("assign_role", {"role": "editors"})],
)
def test_so_it_is_to_bulk_actions(desk, action, fields):
    chief = make_user(is_superuser=True)
    if "role" in fields:
        fields = {"role": Group.objects.get(name="Editors").pk}

    desk.post(f"/admin/bulk/accounts/user/{action}/?id={chief.pk}", fields)

    chief.refresh_from_db()
    assert chief.is_active
    assert not chief.groups.exists()


def test_what_one_has_covers_what_lies_beneath():
    home = Page.objects.get(depth=2)
    above, beneath = Group.objects.create(name="Above"), Group.objects.create(name="Beneath")
    permission = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=above, page=home, permission=permission)
    GroupPagePermission.objects.create(group=beneath, page=home.get_first_child(), permission=permission)
    chief, helper = make_user(), make_user()
    chief.groups.add(above)
    helper.groups.add(beneath)

    assert may_grant_group(chief, beneath)
    assert may_change_users(chief, [helper])
    assert not may_grant_group(helper, above)
    assert not may_change_users(helper, [chief])


def test_rights_on_files_reach_as_far_as_their_collection_and_no_further():
    root = Collection.get_first_root_node()
    shelf = root.add_child(name="Shelf")
    permission = Permission.objects.get(codename="add_sitedocument")
    own, above, within = (Group.objects.create(name=name) for name in ("own", "above", "within"))
    for group, collection in ((own, shelf), (above, root), (within, shelf.add_child(name="Box"))):
        GroupCollectionPermission.objects.create(group=group, collection=collection, permission=permission)
    keeper = make_user()
    keeper.groups.add(own)

    assert may_grant_group(keeper, within)
    assert not may_grant_group(keeper, above)
