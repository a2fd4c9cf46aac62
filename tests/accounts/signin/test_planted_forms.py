"""No other site makes a form that somebody sends here after signing in."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests.support.comments import make_comment, visible_text
from tests.support.stand_in import fresh_limits, make_member

__all__ = ["fresh_limits"]
pytestmark = pytest.mark.django_db
TEXT = "A role & what I wrote about it"
OURS = {"Origin": "http://testserver"}
FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
    {"Referer": "https://elsewhere.example/http://testserver/"},
    {"Referer": "http://testserver.elsewhere.example/"},
    {"Referer": "http://["},
    {},  # a browser so old that it says nothing
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_form_that_another_site_may_have_made_is_not_kept(headers):
    comment = make_comment(by=make_member())
    client = Client(headers=headers)

    responses = [
        client.post("/accounts/me/about/", {"role": TEXT}),
        client.post(reverse("edit_comment", args=[comment.pk]), {"comment": TEXT}),
    ]

    assert [response.status_code for response in responses] == [403, 403]
    assert not any(response.cookies for response in responses)
    assert Session.objects.count() == 0


@pytest.mark.parametrize("headers", FOREIGN)
def test_no_button_sends_what_another_site_may_have_made(headers):
    client = Client(enforce_csrf_checks=True, headers=headers)
    client.force_login(make_member())

    response = client.post("/accounts/me/delete/", {"confirm": "on"})

    assert response.status_code == 403
    assert "Send again" not in visible_text(response)


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "same-origin"}, OURS, {"Referer": "http://testserver/accounts/me/about/"}],
)
def test_a_form_that_states_to_be_from_here_is_kept(headers):
    client = Client(headers=headers)

    client.post("/accounts/me/about/", {"role": TEXT})

    assert client.session["interrupted_form"]["fields"] == [["role", TEXT]]
