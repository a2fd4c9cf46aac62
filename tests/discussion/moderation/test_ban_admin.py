"""Bans begun by address and lifted from a list, without a comment at hand."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.core.cache import cache
from wagtail.models import ModelLogEntry

from discussion.models import Ban, Comment, State
from tests.support.comments import make_guest_comment, post_comment, post_guest_comment, visible_text
from tests.support.factories import make_post, make_user
from tests.support.moderation import make_moderator

pytestmark = pytest.mark.django_db
ADMIN = "/admin/discussion-bans/"


@pytest.fixture
def moderator(client):
    cache.clear()
    client.force_login(make_moderator())
    return client


def ban(client, address, **fields):
    return client.post(f"{ADMIN}new/", {"address": address, "kind": "refuse", "days": 0, **fields})


def test_an_address_is_banned_before_its_first_comment(moderator):
    ban(moderator, "Grace@Example.org")
    moderator.logout()

    response = post_guest_comment(moderator, make_post(), email="grace@example.org")

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert ModelLogEntry.objects.get().action == "discussion.ban"


def test_a_ban_by_address_bans_the_account_that_has_it(moderator):
    joan = make_user(email="joan@example.org")
    ban(moderator, "JOAN@example.org")
    moderator.force_login(joan)

    assert post_comment(moderator, make_post()).status_code == HTTPStatus.FORBIDDEN


def test_a_second_ban_takes_the_place_of_the_first(moderator):
    unconfirmed = make_guest_comment(email="grace@example.org", state=State.UNCONFIRMED)

    ban(moderator, "grace@example.org")
    ban(moderator, "grace@example.org", kind="read", days=7)

    assert Ban.objects.get().kind == "read"
    assert Comment.objects.get(pk=unconfirmed.pk).needs_review


def test_the_list_names_accounts_and_no_address_and_lifts_a_ban(moderator):
    make_user(email="joan@example.org", name="Joan Marsh")
    for address in ("joan@example.org", "grace@example.org"):
        ban(moderator, address)

    shown = visible_text(moderator.get(ADMIN))
    moderator.post(f"{ADMIN}delete/{Ban.objects.get(user=None).pk}/")

    assert "Joan Marsh" in shown
    assert "a network or e-mail address" in shown
    assert "@example.org" not in shown
    assert str(Ban.objects.get().user) == "Joan Marsh"
    assert ModelLogEntry.objects.filter(action="discussion.unban").count() == 1


@pytest.mark.parametrize("fields", [{"address": "nobody"}, {"kind": "x"}, {"days": "y"}, {"address": ""}])
def test_nonsense_bans_nobody(moderator, fields):
    response = ban(moderator, **{"address": "grace@example.org", **fields})

    assert response.status_code == HTTPStatus.OK
    assert not Ban.objects.exists()


def test_bans_are_for_moderators_and_are_never_edited(client):
    begun = Ban.objects.create(kind="refuse", address_hash="x" * 64)
    for person in (make_user(), make_user(is_superuser=True)):
        client.force_login(person)
        assert client.get(f"{ADMIN}edit/{begun.pk}/").status_code == HTTPStatus.FOUND
    client.force_login(make_user())

    assert ban(client, "grace@example.org").status_code == HTTPStatus.FOUND
    client.post(f"{ADMIN}delete/{begun.pk}/")
    assert list(Ban.objects.all()) == [begun]
