"""Changing by a link what one is notified of."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from django.core.cache import cache

from discussion.models import Frequency, Scope, Subscription
from discussion.notifications import dispatch
from mail.models import QueuedEmail
from tests.support.comments import (
    make_comment,
    visible_text,
)
from tests.support.factories import make_post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def make_subscription(*, on, by=None, address="", scope=Scope.PAGE, frequency=Frequency.NOW):
    return Subscription.objects.create(page=on, member=by, address=address, scope=scope, frequency=frequency)


def notified():
    """Notify of everything, and return to whom e-mail went, in order."""
    dispatch.notify_pending()
    return list(QueuedEmail.objects.order_by("to").values_list("to", flat=True))


def path_in(email, path):
    return re.findall(rf"http://127\.0\.0\.1:8000(/discussion/{path}/\S+)", email.text)[0]


def test_a_link_changes_what_one_is_notified_of(client):
    page = make_post()
    subscription = make_subscription(on=page, address="grace@example.org")
    make_comment(on=page)
    notified()
    address = path_in(QueuedEmail.objects.get(), "following")

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

    swapped = path_in(QueuedEmail.objects.get(), other).replace(other, path, 1)

    assert client.post(swapped).status_code == HTTPStatus.NOT_FOUND
    assert client.post(f"/discussion/{path}/nonsense/").status_code == HTTPStatus.NOT_FOUND
