"""A name is taken as a person writes it, and never made from an address."""

from __future__ import annotations

import pytest

from accounts.models import User
from tests.support.stand_in import (  # fmt: skip
    finish_login,
    fresh_limits,
    reader,
    sign_in,
    stand_in,
)

__all__ = ["fresh_limits", "stand_in"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stand_in")]


def test_a_provider_that_tells_no_name_makes_us_ask_and_never_guess_from_the_address(client):
    response = finish_login(client, "google", "nameless")
    form = client.get(response.url).context["form"]
    assert form.initial["name"] == ""
    assert "email" not in form.fields

    response = client.post(response.url, {"name": " Ruth  Osei "})

    assert response.url == "/about/"
    assert reader(client).name == "Ruth Osei"
    assert reader(client).email == "r.osei@example.com"


@pytest.mark.parametrize("name", ["", "   ", "r.osei@example.com", "x" * 151])
def test_what_is_no_name_is_refused_in_words(client, name):
    there = finish_login(client, "google", "nameless").url

    response = client.post(there, {"name": name})

    assert response.status_code == 200
    assert response.context["form"].errors["name"]
    assert not User.objects.exists()


def test_a_name_that_is_too_long_is_offered_cut_between_words(client):
    response = finish_login(client, "google", "long")
    offered = client.get(response.url).context["form"].initial["name"]

    assert len(offered) <= 150
    assert offered.endswith(("Maximiliana", "Wilhelmina", "Theodora"))


def test_a_name_in_another_script_stays_as_it_is(client):
    sign_in(client, "openid_connect", "layla")

    assert reader(client).name == "ليلى حداد"
