"""Changing by a link what one is notified of."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from discussion.models import Subscription
from mail.models import QueuedEmail
from tests.support.comments import (
    make_comment,
    visible_text,
)
from tests.support.factories import make_post
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
