"""What a subscriber’s e-mail holds."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from django.core.cache import cache
from django.test import Client

from discussion.models import Frequency, Scope, Subscription
from discussion.notifications import dispatch
from mail.models import QueuedEmail
from tests.support.comments import (
    make_comment,
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


def test_email_can_be_stopped_with_one_click_as_mail_programs_do():
    page = make_post()
    make_subscription(on=page, address="grace@example.org")
    make_comment(on=page)
    notified()
    headers = QueuedEmail.objects.get().headers
    (address,) = re.findall(r"<http://127\.0\.0\.1:8000(/\S+)>", headers["List-Unsubscribe"])
    client = Client(enforce_csrf_checks=True)

    looked = client.get(address)
    still = Subscription.objects.count()
    responses = [client.post(address, {"List-Unsubscribe": "One-Click"}) for _ in range(2)]

    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (looked.status_code, still) == (HTTPStatus.OK, 1)
    assert [response.status_code for response in responses] == [HTTPStatus.OK] * 2
    assert not Subscription.objects.exists()
    assert not client.cookies
