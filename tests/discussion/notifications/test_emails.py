"""What a subscriber’s e-mail holds."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from django.test import Client

from discussion.models import Subscription
from mail.models import QueuedEmail
from tests.support.comments import (
    make_comment,
)
from tests.support.factories import make_post
from tests.support.subscriptions import make_subscription, notified

pytestmark = pytest.mark.django_db


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
