"""What becomes of readers' requests: announced, answered, forgotten."""

from __future__ import annotations

import pytest

from mail.models import QueuedEmail
from papers.models import CopyRequest
from tests.support.paper_files import make_editor
from tests.support.reader_requests import ask_for_copy, granted, make_closed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unhurried")]


def test_asking_twice_is_asking_once(client):
    edition = make_closed()
    make_editor()

    ask_for_copy(client, edition)
    ask_for_copy(client, edition)

    assert CopyRequest.objects.count() == 1
    assert QueuedEmail.objects.count() == 1


def test_a_link_says_nothing_of_who_asked(client):
    link = granted(client, make_closed())

    assert "ada" not in link.lower()
    assert client.get(link[:-3] + "xx/").status_code == 404
    assert client.get("/papers/copies/anything/").status_code == 404
