"""An administrator's change of an address leaves the old one no way in."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import AccountEvent, User
from mail.models import QueuedEmail
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db
OLD, NEW, PASSWORD = "old@example.org", "new@example.org", "four ordinary words here"


@pytest.fixture
def member() -> User:
    user = make_user(email=OLD, password=PASSWORD)
    EmailAddress.objects.create(user=user, email=OLD, verified=True, primary=True)
    EmailAddress.objects.create(user=user, email="side@example.org", verified=True)
    return user


def sign_in(client: Client, email: str):
    return client.post("/accounts/login/", {"login": email, "password": PASSWORD})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def change_as_administrator(member: User, *, to: str = NEW) -> None:
    admin = Client()
    admin.force_login(make_user(is_superuser=True))
    fields = {"email": to, "name": member.get_full_name(), "role": "", "organisation": "", "is_active": "on"}
    assert admin.post(f"/admin/users/edit/{member.pk}/", fields).status_code == 302


@pytest.mark.parametrize("address", [OLD, "side@example.org"])
def test_no_former_address_signs_in_or_resets_the_password(client, member, address):
    change_as_administrator(member)

    sign_in(client, address)
    assert not is_signed_in(client)
    QueuedEmail.objects.all().delete()
    client.post("/accounts/password/reset/", {"email": address})
    assert not [email for email in QueuedEmail.objects.all() if "/reset/key/" in email.text]


def test_the_new_address_is_to_be_verified_before_it_opens_the_account(client, member):
    change_as_administrator(member)

    response = sign_in(client, NEW)

    assert not is_signed_in(client)
    assert response["Location"].startswith("/accounts/confirm-email/")
    address = EmailAddress.objects.get(user=member)
    assert (address.email, address.primary, address.verified) == (NEW, True, False)


def test_sessions_end_both_mailboxes_are_told_and_it_is_recorded(client, member):
    sign_in(client, OLD)
    assert is_signed_in(client)

    change_as_administrator(member)

    assert client.get("/accounts/me/").status_code == 302
    told = {email.to: email.text for email in QueuedEmail.objects.filter(subject__contains="was changed")}
    assert "This address no longer opens it" in told[OLD]
    assert "ask you to verify it" in told[NEW]
    event = AccountEvent.objects.filter(person=member, action="addresses").first()
    assert event.details == "replaced"
    assert event.by is not None


def test_another_address_of_the_owners_is_no_exception_when_an_administrator_changes_to_it(client, member):
    change_as_administrator(member, to="side@example.org")

    sign_in(client, OLD)
    assert not is_signed_in(client)
    assert list(EmailAddress.objects.filter(user=member).values_list("email", "primary")) == [
        ("side@example.org", True)
    ]
    told = QueuedEmail.objects.filter(subject__contains="was changed").values_list("to", flat=True)
    assert set(told) == {OLD, "side@example.org"}
    assert AccountEvent.objects.filter(person=member, action="addresses", details="replaced").exists()


def test_an_owners_own_choice_among_verified_addresses_keeps_the_others(member):
    EmailAddress.objects.get(email="side@example.org").set_as_primary()

    assert EmailAddress.objects.filter(user=member, verified=True).count() == 2
    assert not QueuedEmail.objects.filter(subject__contains="was changed").exists()


def test_another_change_of_the_account_changes_no_address(member):
    member.name = "Renamed"
    member.save()
    member.email = OLD.upper()
    member.save(update_fields=["name"])

    assert EmailAddress.objects.filter(user=member).count() == 2
