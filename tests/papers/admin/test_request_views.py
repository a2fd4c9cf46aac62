"""Staff answer the requests of readers, once."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.urls import reverse

from mail.models import QueuedEmail
from papers.models import CopyRequest, FormatRequest
from tests.support.factories import make_user
from tests.support.paper_files import logged_actions, make_editor
from tests.support.reader_requests import ask_for_copy, make_closed, make_request

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_counts")]


def test_the_admin_answers_once_and_the_reader_gets_a_email(client):
    editor = make_editor()
    client.force_login(editor)
    format_request = make_request()
    url = reverse("papers_admin:format_request", args=[format_request.pk])
    assert format_request.reference in client.get(reverse("papers_admin:format_requests")).content.decode()
    assert "Large print, please." in client.get(url).content.decode()

    empty = client.post(url, {"answer": ""})
    client.post(url, {"answer": "Here is a Word file."})
    client.post(url, {"answer": "Again."})

    format_request.refresh_from_db()
    email = QueuedEmail.objects.get()
    assert empty.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert (format_request.state, format_request.answered_by) == (FormatRequest.State.ANSWERED, editor)
    assert email.to == "joan@example.org"
    assert "Here is a Word file." in email.text
    assert logged_actions(format_request.edition.paper) == [("answer", format_request.edition.number)]
    answered = client.get(reverse("papers_admin:format_requests") + "?state=answered").content.decode()
    assert format_request.reference in answered
    assert (
        format_request.reference not in client.get(reverse("papers_admin:format_requests")).content.decode()
    )


def test_strangers_and_members_see_no_request(client):
    format_request = make_request()
    client.force_login(make_user())

    for name, args in (("format_requests", []), ("format_request", [format_request.pk])):
        response = client.get(reverse(f"papers_admin:{name}", args=args))
        assert response.status_code == HTTPStatus.FOUND
    assert "joan@example.org" not in client.get(format_request.edition.paper.url).content.decode()


def test_only_those_who_may_publish_answer(client):
    ask_for_copy(client, make_closed())
    copy_request = CopyRequest.objects.get()
    client.force_login(make_user())

    assert client.post(
        reverse("papers_admin:copy_request", args=[copy_request.pk]), {"grant": "yes"}
    ).status_code in (
        302,
        403,
    )
    assert CopyRequest.objects.get().is_open
