"""The first administrator comes in by a link that works once."""

from __future__ import annotations

import re
from datetime import timedelta
from http import HTTPStatus
from io import StringIO

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "a heron at the weir"


def first_admin(*words: str) -> str:
    """Run the command; return the path of the link it prints."""
    out = StringIO()
    call_command("first_admin", *words, stdout=out)
    [address] = re.findall(r"http://127\.0\.0\.1:8000(\S+)", out.getvalue())
    return address


def follow(client, path: str):
    """Open the link and return the form behind it, and the form's address."""
    response = client.get(path, follow=True)
    return response, response.redirect_chain[-1][0] if response.redirect_chain else path


def test_the_link_makes_an_administrator_who_can_sign_in(client):
    path = first_admin("grace@example.org", "--name", "Grace Heron")
    page, form = follow(client, path)

    response = client.post(form, {"password1": PASSWORD, "password2": PASSWORD})

    assert page.status_code == HTTPStatus.OK
    assert response.status_code == HTTPStatus.FOUND
    grace = User.objects.get(email="grace@example.org")
    assert grace.check_password(PASSWORD)
    assert grace.is_superuser
    assert grace.is_staff
    assert grace.name == "Grace Heron"
    assert EmailAddress.objects.get(user=grace).verified


def test_after_the_password_comes_the_second_factor(client):
    _, form = follow(client, first_admin("grace@example.org"))

    response = client.post(form, {"password1": PASSWORD, "password2": PASSWORD})

    assert response["Location"] == "/accounts/2fa/"


def test_the_link_works_once(client):
    path = first_admin("grace@example.org")
    _, form = follow(client, path)
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    client.logout()

    page, _ = follow(client, path)

    assert 'name="password1"' not in page.content.decode()


def test_the_link_works_for_a_day(client):
    path = first_admin("grace@example.org")

    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        page, _ = follow(client, path)

    assert 'name="password1"' not in page.content.decode()


def test_running_it_again_makes_nobody_new():
    first_admin("grace@example.org", "--name", "Grace Heron")
    first_admin("Grace@Example.org")

    assert User.objects.get(email__iexact="grace@example.org").name == "Grace Heron"
    assert EmailAddress.objects.count() == 1


def test_a_reader_can_be_made_an_administrator_and_keeps_the_name():
    reader = make_user(name="Ada Plover", email="ada@example.org", password=PASSWORD)

    first_admin("ada@example.org")

    reader.refresh_from_db()
    assert reader.is_superuser
    assert reader.name == "Ada Plover"
    assert reader.check_password(PASSWORD)


def test_what_is_no_address_is_refused():
    with pytest.raises(CommandError, match="not an e-mail address"):
        first_admin("grace")
