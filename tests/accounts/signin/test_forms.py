"""What the forms of signing in and up ask for."""

from __future__ import annotations

import pytest

from mail.models import QueuedEmail
from tests.support.stand_in import (  # fmt: skip
    MARIA,
    finish_login,
    fresh_limits,
    mailed_code,
    reader,
    stand_in,
)

__all__ = ["fresh_limits", "stand_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in")]


@pytest.mark.parametrize("provider", ["google", "wordpress", "openid_connect"])
def test_an_address_the_provider_verified_is_not_proven_again(client, provider):
    finish_login(client, provider, "maria")

    assert reader(client).email == MARIA
    assert not QueuedEmail.objects.exists()


def test_x_gives_no_address_so_one_is_asked_for_and_the_journey_still_ends_where_it_began(client):
    response = finish_login(client, "x", "dana", next="/blog/")
    page = client.get(response.url)
    assert page.context["form"].initial == {"name": "Dana Whitfield", "email": ""}

    response = client.post(response.url, {"name": "Dana Whitfield", "email": "Dana@Example.com"})
    response = client.post(response.url, {"code": mailed_code()})

    assert response.url == "/blog/"
    assert reader(client).email == "dana@example.com"
