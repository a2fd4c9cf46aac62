"""What is wrong with a request is said, and the rest kept."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.urls import reverse

from papers.models import FormatRequest
from tests.support.paper_files import make_edition
from tests.support.reader_requests import FIELDS, ask_for_format, make_closed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_counts")]


def test_a_form_half_filled_keeps_what_was_written(client):
    address = reverse("request_copy", args=[make_closed().paper_id])

    response = client.post(address, {"name": "Ada Plover", "email": "not an address"})

    assert response.status_code == 422
    assert 'value="Ada Plover"' in response.content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "Enter your name."),
        ({"email": "nowhere"}, "valid email address"),
        ({"need": " "}, "Enter the format you need, such as large print."),
        ({"honeypot": "x"}, "to catch spam"),
        ({"need": "\0"}, "Null characters"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_kept(client, fields, sentence):
    response = ask_for_format(client, make_edition().paper, **fields)

    page = response.content.decode()
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in page
    assert all(value in page for name, value in FIELDS.items() if name not in fields)
    assert not FormatRequest.objects.exists()
