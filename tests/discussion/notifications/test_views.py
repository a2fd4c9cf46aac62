"""Following a page, and changing by a link what one is notified of."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from accounts.privacy import registry
from discussion.models import Subscription
from mail.models import QueuedEmail
from tests.support.comments import confirmation, make_comment, visible_text
from tests.support.factories import make_post, make_user
from tests.support.moderation import paths_in
from tests.support.subscriptions import make_subscription, notified

pytestmark = pytest.mark.django_db


def test_a_link_changes_what_one_is_notified_of(client):
    page = make_post()
    subscription = make_subscription(on=page, address="grace@example.org")
    make_comment(on=page)
    notified()
    address = paths_in(QueuedEmail.objects.get(), "following")[0]

    shown = client.get(address)
    client.post(address, {"scope": "replies", "rhythm": "weekly"})
    subscription.refresh_from_db()
    bad = client.post(address, {"scope": "everything", "rhythm": "weekly"})
    client.post(address, {"stop": "1"})

    assert "grace" not in shown.content.decode() + address
    assert (subscription.scope, subscription.frequency) == ("replies", "weekly")
    assert bad.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not Subscription.objects.exists()
    assert "You’re unsubscribed" in visible_text(client.get(address))


@pytest.mark.parametrize("path", ["following", "stop"])
def test_a_link_of_nobodys_making_is_not_found(client, path):
    other = {"following": "stop", "stop": "following"}[path]
    page = make_post()
    make_subscription(on=page, address="grace@example.org")
    make_comment(on=page)
    notified()

    swapped = paths_in(QueuedEmail.objects.get(), other)[0].replace(other, path, 1)

    assert client.post(swapped).status_code == HTTPStatus.NOT_FOUND
    assert client.post(f"/discussion/{path}/nonsense/").status_code == HTTPStatus.NOT_FOUND


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
