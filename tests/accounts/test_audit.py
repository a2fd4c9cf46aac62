"""What happens to accounts is written down for the staff, without secrets and not for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from accounts import audit
from accounts.models import AccountEvent, User
from tests.support import two_step
from tests.support.factories import make_user
from tests.support.stand_in import (
    MARIA,
    PASSWORD,
    finish_login,
    fresh_limits,
    make_member,
    reader,
    sign_in,
    stand_in,
)

__all__ = ["fresh_limits", "stand_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in")]
Action = AccountEvent.Action


@pytest.fixture(autouse=True)
def empty():
    """Without what setting the site up has written."""
    AccountEvent.objects.all().delete()


def lines(user: User | None = None) -> list[tuple[str, str]]:
    events = AccountEvent.objects.filter(person=user).order_by("pk")
    return [(line.action, line.details) for line in events]


def test_coming_and_going_is_written_down(client):
    sign_in(client, "google")
    maria = reader(client)
    client.post("/accounts/logout/")

    assert lines(maria) == [(Action.SIGNED_UP, ""), (Action.SIGNED_IN, "google"), (Action.SIGNED_OUT, "")]
    assert AccountEvent.objects.filter(person=maria).first().ip_address == "127.0.0.1"


def test_failing_is_written_down_on_the_account(client):
    member = make_member()

    client.post("/accounts/login/", {"login": MARIA.upper(), "password": "not the right one"})

    assert lines(member) == [(Action.FAILED, "password")]


def test_a_wrong_second_factor_is_written_down(client):
    member = make_member()
    two_step.add_app(member)
    there = client.post("/accounts/login/", {"login": MARIA, "password": PASSWORD}).url

    client.post(there, {"code": "000000"})

    assert (Action.FAILED, "two-step verification") in lines(member)


def test_a_wrong_mailed_code_is_written_down(client):
    member = make_member()
    there = finish_login(client, "google", "maria").url

    client.post(there, {"code": "ZZZ-ZZZ"})

    assert (Action.FAILED, "code") in lines(member)


def test_connecting_and_removing_is_written_down(client):
    sign_in(client, "google")
    maria = reader(client)
    finish_login(client, "x", "maria", process="connect")
    client.post("/accounts/connections/", {"account": maria.socialaccount_set.get(provider="x").pk})

    assert lines(maria)[-2:] == [(Action.CONNECTED, "x"), (Action.DISCONNECTED, "x")]


def test_rights_given_to_people_are_written_down_with_who_gave_them(client):
    admin, user = make_user(is_superuser=True), make_user()
    client.force_login(admin)
    group = Group.objects.get(name="Editors")
    fields = {
        "email": user.email,
        "name": user.name,
        "groups": [group.pk],
        "is_active": "on",
        "is_superuser": "on",
    }

    client.post(f"/admin/users/edit/{user.pk}/", fields)

    assert lines(user) == [(Action.PERMISSIONS, "is_superuser on"), (Action.PERMISSIONS, "joined Editors")]
    assert set(AccountEvent.objects.filter(person=user).values_list("by", flat=True)) == {admin.pk}


@pytest.mark.parametrize("from_the_group", [True, False])
def test_leaving_a_group_is_written_down_from_either_end(from_the_group):
    user, group = make_user(), Group.objects.get(name="Editors")
    user.groups.add(group)

    if from_the_group:
        group.user_set.clear()
    else:
        user.groups.clear()

    assert lines(user) == [(Action.PERMISSIONS, "joined Editors"), (Action.PERMISSIONS, "left Editors")]


def test_rights_given_to_groups_are_written_down():
    group = Group.objects.create(name="Guests")
    right = Permission.objects.get(codename="access_admin")
    group.permissions.add(right)
    place = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(group=group, page=Page.objects.get(depth=1), permission=place).delete()

    all_details = [details for _action, details in lines()]
    assert all_details == [
        "Guests got access_admin",
        "Guests got publish_page on Root",
        "Guests lost publish_page on Root",
    ]


def test_an_account_switched_off_is_written_down():
    user = make_user()
    user.is_active = False
    user.save()

    assert lines(user) == [(Action.PERMISSIONS, "is_active off")]


def test_lines_go_after_a_year_and_network_addresses_after_a_month():
    now = timezone.now()
    for days in (1, 40, 400):
        AccountEvent.objects.create(
            action=Action.SIGNED_IN, at=now - timedelta(days=days), ip_address="203.0.113.1"
        )

    assert audit.delete_old() == 1
    assert [line.ip_address for line in AccountEvent.objects.all()] == ["203.0.113.1", None]


def test_people_switched_off_together_are_each_written_down(client):
    admin, people = make_user(is_superuser=True), [make_user(), make_user()]
    client.force_login(admin)
    chosen = "&".join(f"id={person.pk}" for person in people)

    client.post(f"/admin/bulk/accounts/user/set_active_state/?{chosen}", {"mark_as_active": "False"})

    assert not User.objects.filter(is_active=True).exclude(pk=admin.pk).exists()
    assert [lines(person) for person in people] == [[(Action.PERMISSIONS, "is_active off")]] * 2


def test_people_given_a_role_together_are_each_written_down(client):
    person = make_user()
    client.force_login(make_user(is_superuser=True))
    fields = {"role": Group.objects.get(name="Editors").pk}

    client.post(f"/admin/bulk/accounts/user/assign_role/?id={person.pk}", fields)

    assert lines(person) == [(Action.PERMISSIONS, "joined Editors")]


def test_an_account_that_begins_with_rights_is_written_down():
    assert lines(make_user(is_superuser=True)) == [(Action.PERMISSIONS, "is_superuser on")]
