"""An account is deleted a week after its owner asked, unless they think better of it."""

from __future__ import annotations

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile

from accounts.deletion import service
from accounts.models import AccountEvent, Affiliation, User
from accounts.models.organisations import Organisation
from accounts.privacy import registry
from mail.models import QueuedEmail
from tests.support.factories import make_post, make_user
from tests.support.stand_in import MARIA, fresh_limits, sign_in, stand_in
from tests.support.times import in_a_week

__all__ = ["fresh_limits", "stand_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in")]


def test_after_a_week_the_account_is_gone(client):
    sign_in(client, "google")
    client.post("/accounts/me/leave/")
    assert "will be deleted on" in client.get("/accounts/me/").content.decode()

    assert service.delete_due() == 0
    with in_a_week():
        assert service.delete_due() == 1

    assert not User.objects.exists()
    assert not EmailAddress.objects.exists()
    assert not UserSession.objects.exists()
    assert client.get("/accounts/me/").status_code == 302
    assert QueuedEmail.objects.get().subject == "Your account has been deleted"


def test_asking_twice_does_not_begin_the_week_anew():
    user = make_user()
    first = service.request(user).due_at

    assert service.request(user).due_at == first
    assert QueuedEmail.objects.count() == 1


def test_the_last_administrator_stays_even_when_the_other_one_left_meanwhile():
    user, other = make_user(is_superuser=True), make_user(is_superuser=True)
    service.request(user)
    other.delete()

    with in_a_week():
        assert service.delete_due() == 0
    assert User.objects.filter(pk=user.pk).exists()


def test_one_that_fails_does_not_hold_up_the_others(monkeypatch):
    stuck, free = make_user(name="Stuck"), make_user(name="Free")
    service.request(stuck), service.request(free)
    monkeypatch.setattr(registry, "_erasers", list(registry._erasers))

    def refuse(user: User) -> None:
        if user.name == "Stuck":
            raise RuntimeError

    registry.eraser(order=1)(refuse)
    with in_a_week():
        assert service.delete_due() == 1

    assert list(User.objects.all()) == [stuck]


def test_nothing_that_names_the_person_is_left(run_on_commit):
    post = make_post(owner=(user := make_user(name="Grace Heron", email="grace@example.org")))
    user.portrait.save("x.webp", ContentFile(b"x"))
    portrait, storage = user.portrait.name, user.portrait.storage
    Affiliation.objects.create(user=user, organisation=Organisation.objects.create(name="North"))
    AccountEvent.objects.create(action=AccountEvent.Action.SIGNED_IN, person=user, ip_address="203.0.113.1")
    service.request(user)

    with in_a_week(), run_on_commit():
        service.delete_due()

    post.refresh_from_db()
    assert post.owner is None
    assert not storage.exists(portrait)
    [line] = AccountEvent.objects.filter(
        action__in=[AccountEvent.Action.SIGNED_IN, AccountEvent.Action.DELETION]
    )
    assert (line.details, line.person, line.ip_address) == ("carried out", None, None)


def test_what_the_site_holds_is_handed_over_as_one_file(client):
    sign_in(client, "google")

    response = client.get("/accounts/me/data/")

    account_data = json.loads(response.content)["account"]
    assert response["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert "no-store" in response["Cache-Control"]
    assert account_data["e-mail"] == MARIA
    assert account_data["connected accounts"][0]["provider"] == "google"
    assert account_data["events"]
    assert "password" not in account_data


@pytest.mark.parametrize("path", ["/admin/users/delete/{pk}/", "/admin/bulk/accounts/user/delete/?id={pk}"])
def test_deleted_at_the_admin_is_forgotten_by_every_room_too(client, monkeypatch, path):
    user, forgotten = make_user(name="Grace Heron"), []
    monkeypatch.setattr(registry, "_erasers", list(registry._erasers))
    registry.eraser(order=1)(lambda person: forgotten.append(person.pk))
    client.force_login(make_user(is_superuser=True))

    client.post(path.format(pk=user.pk))

    assert forgotten == [user.pk]
    assert not User.objects.filter(name="Grace Heron").exists()
    assert AccountEvent.objects.get(action=AccountEvent.Action.DELETION).details == "deleted in the admin"
