"""Readers ask for a paper in a form they can use, and get an answer."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from mail.models import QueuedEmail
from papers.models import Edition, FormatRequest
from tests.support.factories import make_paper, make_user
from tests.support.paper_files import make_edition, make_editor
from tests.support.reader_requests import ask_for_format, format_address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_counts")]


def test_a_reader_asks_and_gets_a_number_and_a_date(client):
    moderator = make_editor(email="desk@example.org")
    edition = make_edition()
    assert format_address(edition.paper) in client.get(edition.paper.url).content.decode()

    response = ask_for_format(client, edition.paper)

    format_request = FormatRequest.objects.get()
    assert response.status_code == HTTPStatus.SEE_OTHER
    page = client.get(response["Location"])
    assert format_request.reference in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert not page.cookies
    emails = {message.to: message for message in QueuedEmail.objects.all()}
    assert set(emails) == {"joan@example.org", moderator.email}
    assert format_request.reference in emails["joan@example.org"].text
    assert "Large print" not in emails["joan@example.org"].text
    assert f"/admin/papers/requests/{format_request.pk}/" in emails[moderator.email].text


def test_the_settings_may_name_who_is_told(client, settings):
    settings.FORMAT_REQUEST_RECIPIENTS = ["access at example", "access@example.org"]
    make_editor(email="desk@example.org")

    ask_for_format(client, make_edition().paper)

    assert set(QueuedEmail.objects.values_list("to", flat=True)) == {"joan@example.org", "access@example.org"}


def test_the_form_needs_no_cookie_and_sets_none(client):
    paper = make_edition().paper

    page = client.get(format_address(paper))

    assert not page.cookies
    assert "csrfmiddlewaretoken" not in page.content.decode()


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_site_cannot_ask_in_a_readers_name(client, headers):
    response = ask_for_format(client, make_edition().paper, headers=headers)

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "sent from another website" in response.content.decode()
    assert not FormatRequest.objects.exists()


def test_a_members_post_needs_a_token(client):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_user())

    assert ask_for_format(strict, make_edition().paper).status_code == HTTPStatus.FORBIDDEN


def test_nobody_can_fill_somebodys_mailbox(client):
    paper = make_edition().paper
    for number in range(5):
        assert ask_for_format(client, paper, need=f"Wish {number}").status_code == HTTPStatus.SEE_OTHER

    response = ask_for_format(client, paper, need="One more", email="JOAN@example.org")

    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert int(response["Retry-After"]) > 0
    assert "One more" in response.content.decode()
    assert FormatRequest.objects.count() == 5


def test_a_request_sent_twice_is_one(client):
    paper = make_edition().paper

    first, second = ask_for_format(client, paper), ask_for_format(client, paper)

    assert first["Location"] == second["Location"]
    assert FormatRequest.objects.count() == 1


def test_of_a_paper_nobody_may_see_nothing_can_be_asked(client):
    draft = make_edition(make_paper(live=False)).paper
    without = make_edition(state=Edition.State.DRAFT).paper

    for paper in (draft, without):
        assert client.get(format_address(paper)).status_code == HTTPStatus.NOT_FOUND
        assert ask_for_format(client, paper).status_code == HTTPStatus.NOT_FOUND
