"""The editors' desk stands behind a second factor, and no door leads around it."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from mail.models import QueuedEmail
from tests.accounts.admin.test_addresses import THE_SAME_FOR_ALL, addresses
from tests.support import two_step
from tests.support.stand_in import (
    MARIA,
    PASSWORD,
    finish_login,
    fresh_limits,
    mailed_code,
    make_member,
    reader,
    stand_in,
)

__all__ = ["fresh_limits", "stand_in"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_earnest(settings):
    """Outside the demo."""
    settings.DEMO = False


def make_editor(*, factor: bool = True) -> User:
    editor = make_member(name="Maria Alvarez")
    editor.groups.add(Group.objects.get(name="Editors"))
    if factor:
        two_step.add_app(editor)
    return editor


def give_password(client: Client, *, next: str = "/admin/"):
    return client.post("/accounts/login/", {"login": MARIA, "password": PASSWORD, "next": next})


def test_an_editor_without_a_second_factor_is_sent_to_set_one_up(client):
    make_editor(factor=False)
    give_password(client)

    response = client.get("/admin/")

    assert response.url == "/accounts/2fa/"


def test_password_and_code_open_the_admin(client):
    make_editor()

    first_response = give_password(client)
    assert first_response.url == "/accounts/2fa/authenticate/"
    assert reader(client) is None
    assert client.get("/admin/").status_code == HTTPStatus.FOUND
    response = client.post(first_response.url, {"code": two_step.app_code()})

    assert response.url == "/admin/"
    assert client.get("/admin/").status_code == HTTPStatus.OK


def test_who_has_no_key_is_not_asked_for_one(client):
    make_editor()
    give_password(client)

    page = client.get("/accounts/2fa/authenticate/").content.decode()

    assert "Enter the code from your authenticator app" in page
    assert "passkey" not in page


def test_a_wrong_code_opens_nothing(client):
    make_editor()
    response = give_password(client)

    client.post(response.url, {"code": "000000"})

    assert reader(client) is None


def test_a_code_counts_once(client):
    make_editor()
    used = two_step.app_code()
    client.post(give_password(client).url, {"code": used})
    again = Client()

    again.post(give_password(again).url, {"code": used})

    assert reader(again) is None


def test_a_recovery_code_opens_the_admin_once(client):
    spare = two_step.add_recovery_codes(make_editor())[0]
    client.post(give_password(client).url, {"code": spare})
    assert client.get("/admin/").status_code == HTTPStatus.OK
    again = Client()

    again.post(give_password(again).url, {"code": spare})

    assert reader(again) is None


def test_a_session_that_showed_no_factor_is_asked_for_it(client):
    client.force_login(make_editor())

    response = client.get("/admin/pages/")

    assert response.url == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2Fpages%2F"


def test_showing_it_then_leads_on(client):
    client.force_login(make_editor())

    response = client.post(
        "/accounts/2fa/reauthenticate/", {"code": two_step.app_code(), "next": "/admin/pages/"}
    )

    assert response.url == "/admin/pages/"
    assert client.get("/admin/").status_code == HTTPStatus.OK


def test_after_half_a_day_the_factor_is_asked_for_again(client):
    make_editor()
    client.post(give_password(client).url, {"code": two_step.app_code()})

    with time_machine.travel(timezone.now() + timedelta(hours=13), tick=False):
        response = client.get("/admin/")

    assert response.url.startswith("/accounts/2fa/reauthenticate/")


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_of_the_admin_opens_without_it(client, method):
    places = addresses()
    client.force_login(make_editor())

    passed = [
        place
        for place in places
        if not getattr(client, method)(place).get("Location", "").startswith("/accounts/2fa/reauthenticate/")
    ]

    assert set(passed) <= THE_SAME_FOR_ALL | {"/admin/logout/"}


DOORS = [
    "/admin/login/",
    "/_util/login/",
    "/django-admin/login/",
    "/admin/password_reset/",
    "/admin/api/main/",
]


@pytest.mark.parametrize("path", DOORS)
def test_no_other_address_takes_a_password(client, path):
    make_editor()
    fields = {"username": MARIA, "email": MARIA, "login": MARIA, "password": PASSWORD, "next": "/admin/"}

    client.post(path, fields)

    assert reader(client) is None
    assert not QueuedEmail.objects.exists()


def test_resetting_the_password_does_not_skip_the_factor(client):
    make_editor()
    client.post("/accounts/password/reset/", {"email": MARIA})
    link = next(word for word in QueuedEmail.objects.get().text.split() if "/password/reset/key/" in word)
    form = client.get(link, follow=True).request["PATH_INFO"]

    client.post(form, {"password1": "a heron at the weir", "password2": "a heron at the weir"})
    response = client.post("/accounts/login/", {"login": MARIA, "password": "a heron at the weir"})

    assert response.url == "/accounts/2fa/authenticate/"
    assert reader(client) is None


@pytest.mark.usefixtures("stand_in")
def test_a_provider_does_not_skip_the_factor(client):
    make_editor()
    there = finish_login(client, "google", "maria").url
    response = client.post(there, {"code": mailed_code()})

    assert response.url == "/accounts/2fa/authenticate/"
    assert reader(client) is None


def test_taking_the_factor_away_closes_the_admin_at_once(client):
    editor = make_editor()
    client.post(give_password(client).url, {"code": two_step.app_code()})

    editor.authenticator_set.all().delete()

    assert client.get("/admin/").url == "/accounts/2fa/"


def test_somebody_made_inactive_is_out_at_once(client):
    editor = make_editor()
    client.post(give_password(client).url, {"code": two_step.app_code()})

    User.objects.filter(pk=editor.pk).update(is_active=False)

    assert client.get("/admin/").status_code == HTTPStatus.FOUND
    assert client.get("/accounts/me/").status_code == HTTPStatus.FOUND


def test_in_the_demo_a_password_is_enough(client, settings):
    settings.DEMO = True
    make_editor(factor=False)

    give_password(client)

    assert client.get("/admin/").status_code == HTTPStatus.OK


def test_a_member_without_rights_is_asked_for_nothing(client):
    make_member()
    give_password(client)

    assert client.get("/accounts/me/").status_code == HTTPStatus.OK
    assert client.get("/admin/").status_code == HTTPStatus.FOUND


def test_a_copy_of_the_database_shows_nobodys_factor():
    editor = make_editor()
    codes = two_step.add_recovery_codes(editor)

    stored = two_step.stored_secrets()

    assert two_step.SECRET not in stored
    assert len(codes) > 1
    assert not any(code in stored for code in codes)


def test_a_new_secret_key_does_not_lock_the_staff_out(client, settings):
    make_editor()
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = (
        [settings.SECRET_KEY],
        "a new one, longer than the old one",
    )

    client.post(give_password(client).url, {"code": two_step.app_code()})

    assert reader(client)


def test_reset_two_step_lets_someone_who_lost_every_device_set_it_up_again(client):
    editor = make_editor()
    client.post(give_password(client).url, {"code": two_step.app_code()})

    call_command("reset_two_step", MARIA.upper(), stdout=StringIO())

    assert reader(client) is None or client.get("/accounts/me/").status_code == HTTPStatus.FOUND
    assert not editor.authenticator_set.exists()
    give_password(client)
    assert client.get("/admin/").url == "/accounts/2fa/"


def test_reset_two_step_needs_the_address_of_an_account():
    with pytest.raises(CommandError, match="No account has"):
        call_command("reset_two_step", "nobody@example.com")


def test_the_code_for_the_app_can_be_read_on_dark_pages(client, member):
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    page = client.get("/accounts/2fa/totp/activate/")

    assert "fill%3D%22white%22" in page.context["totp_svg_data_uri"] or "white" in page.context["totp_svg"]
