"""A session that is used lives on and stays in its owner's list, but not for ever."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts import audit
from accounts.signin.session_lifetime import MAX_AGE
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "four ordinary words here"


@pytest.fixture
def member(client):
    from allauth.account.models import EmailAddress

    user = make_user(email="ada@example.org", password=PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert client.get("/accounts/me/").status_code == 200
    return user


def begin_earlier(client, age: timedelta) -> None:
    session = client.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [
        {**record, "at": time.time() - age.total_seconds()} for record in records
    ]
    session.save()
    UserSession.objects.update(created_at=timezone.now() - age)


def test_a_session_in_use_is_listed_and_ended_with_all_others_however_old_it_is(client, member):
    begin_earlier(client, timedelta(days=60))

    audit.delete_old()

    assert UserSession.objects.filter(user=member).count() == 1
    assert member.end_sessions() == 1
    assert client.get("/accounts/me/").status_code == 302


def test_the_row_of_a_session_that_has_run_out_goes(client, member):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    audit.delete_old()

    assert not UserSession.objects.exists()


def test_a_session_ends_a_while_after_the_sign_in_even_if_it_is_used(client, member):
    begin_earlier(client, MAX_AGE - timedelta(minutes=1))
    assert client.get("/accounts/me/").status_code == 200

    begin_earlier(client, MAX_AGE + timedelta(minutes=1))

    page = client.get("/accounts/me/", follow=True)
    assert page.request["PATH_INFO"] == "/accounts/login/"
    assert "signed in a long time ago" in page.content.decode()


def test_verifying_again_puts_off_no_end(client, member):
    begin_earlier(client, MAX_AGE + timedelta(minutes=1))
    session = client.session
    records = session["account_authentication_methods"]
    again = {"method": "password", "at": time.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [*records, again]
    session.save()

    assert client.get("/accounts/me/", follow=True).request["PATH_INFO"] == "/accounts/login/"
