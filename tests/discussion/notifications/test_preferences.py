"""Moderators and owners of pages get e-mail as they chose: at once, once a day, or not at all."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from accounts.privacy import registry
from discussion.models import Frequency, NotificationPreferences
from tests.support.account_pages import initial_of
from tests.support.comments import visible_text
from tests.support.factories import make_post, make_user
from tests.support.moderation import (
    PREFERENCES,
    emails_to,
    make_moderator,
    make_preferences,
    make_waiting,
    preference_paths,
)

pytestmark = pytest.mark.django_db


def test_a_link_in_the_email_lets_one_choose_without_signing_in(client):
    mo = make_moderator()
    make_waiting()
    change, _stop = preference_paths(emails_to(mo.email)[0])

    shown = visible_text(client.get(change))
    saved = visible_text(client.post(change, {"desk": "daily"}))
    bad = client.post(change, {"desk": "hourly"})
    foreign = client.post(change, {"desk": "never"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert "When a comment waits for a moderator" in shown
    assert "a page of yours" not in shown
    assert "Preferences saved." in saved
    assert (bad.status_code, foreign.status_code) == (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.FORBIDDEN)
    assert NotificationPreferences.objects.get().moderation_queue == Frequency.DAILY


@pytest.mark.parametrize("token", ["x", "a:b:c", "W10:1:x", "%00", "x" * 3000])
@pytest.mark.parametrize("path", ["", "stop/"])
def test_a_link_of_nobodys_making_is_not_found(client, path, token):
    assert client.post(f"{PREFERENCES}{token}/{path}").status_code == HTTPStatus.NOT_FOUND


def test_a_link_to_stop_is_none_to_choose(client):
    mo = make_moderator()
    make_waiting()
    change, stop = preference_paths(emails_to(mo.email)[0])

    assert client.get(f"{change}stop/").status_code == HTTPStatus.NOT_FOUND
    assert client.get(stop.removesuffix("stop/")).status_code == HTTPStatus.NOT_FOUND


def test_the_choice_stands_on_ones_own_page_for_those_whom_it_concerns(client):
    mo, owner, reader = make_moderator(), make_user(), make_user()
    make_post(owner=owner)
    shown = {}
    for person in (mo, owner, reader):
        client.force_login(person)
        shown[person] = (visible_text(client.get("/accounts/me/")), client.get(PREFERENCES))

    assert "When a comment waits for a moderator right away" in shown[mo][0]
    assert "When someone comments on one of your pages once a day" in shown[owner][0]
    assert "Change e-mail preferences" not in shown[reader][0]
    assert [response.status_code for _, response in shown.values()] == [
        HTTPStatus.OK, HTTPStatus.OK, HTTPStatus.NOT_FOUND,
    ]  # fmt: skip


def test_strangers_sign_in_first(client):
    assert client.get(PREFERENCES).status_code == HTTPStatus.FOUND


def test_the_same_choice_stands_among_an_editors_own_settings(client):
    mo = make_moderator()
    client.force_login(mo)

    shown = visible_text(client.get("/admin/account/"))
    fields = {**initial_of(client, "/admin/account/"), "discussion-desk": "never"}
    client.post("/admin/account/", fields)
    client.force_login(make_user(is_superuser=False))
    strangers = client.get("/admin/account/")

    assert "E-mail about discussions" in shown
    assert NotificationPreferences.objects.get(member=mo).moderation_queue == Frequency.NEVER
    assert strangers.status_code == HTTPStatus.FOUND


def test_preferences_are_exported_to_their_owner_and_erased_with_them():
    mo = make_moderator()
    make_preferences(mo, moderation_queue=Frequency.NEVER)

    exported = registry.export(mo)["e-mail preferences"]
    registry.erase(mo)

    assert exported == {"moderation queue": "never", "own pages": "daily"}
    assert not NotificationPreferences.objects.exists()
