"""A member follows and unfollows the discussion of a page."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from accounts.privacy import registry
from discussion.models import Subscription
from tests.support.comments import confirmation
from tests.support.factories import make_post, make_user

pytestmark = pytest.mark.django_db


def test_a_member_follows_a_page_finds_it_among_their_own_and_stops(client):
    page, ada = make_post(title="Sharing a nurse"), make_user()
    client.force_login(ada)
    path = f"/discussion/follow/{page.pk}/"

    offered = client.get(page.url).content.decode()
    there = client.post(path, {"scope": "page", "rhythm": "daily"})
    changed = client.post(path, {"scope": "page", "rhythm": "weekly"})
    request = client.get("/").wsgi_request
    request.user = ada
    own = " ".join(section.body for section in registry.render_sections(request))
    export = registry.export(ada)["subscriptions"]
    follows = Subscription.objects.get()
    stopped = client.post(path, {"stop": "1"})

    assert path in offered
    assert there.status_code == HTTPStatus.SEE_OTHER
    assert [confirmation(client, response) for response in (there, changed, stopped)] == [
        "You now follow this discussion.", "Preferences saved.", "You no longer follow this discussion.",
    ]  # fmt: skip
    assert (follows.member, follows.frequency) == (ada, "weekly")
    assert "Sharing a nurse" in own
    assert export[0]["frequency"] == "weekly"
    assert not Subscription.objects.exists()


def test_strangers_sign_in_before_they_follow_and_follow_nothing_they_cannot_read(client):
    page = make_post(live=False)

    stranger = client.get(f"/discussion/follow/{make_post().pk}/")
    client.force_login(make_user())

    assert stranger.status_code == HTTPStatus.FOUND
    assert "/accounts/login/" in stranger["Location"]
    assert client.get(f"/discussion/follow/{page.pk}/").status_code == HTTPStatus.NOT_FOUND
