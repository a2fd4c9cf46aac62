"""Readers ask for a paper in a form they can use, and get an answer."""

from __future__ import annotations

from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from mail.models import QueuedEmail
from papers.models import Edition, FormatRequest
from papers.reader_requests.actions import delete_old
from papers.reader_requests.format_models import working_days_after
from tests.support.factories import make_paper, make_user
from tests.support.paper_files import logged_actions, make_edition, make_editor

pytestmark = pytest.mark.django_db

FIELDS = {"name": "Joan Marsh", "email": "joan@example.org", "need": "Large print, please.", "honeypot": ""}


@pytest.fixture(autouse=True)
def fresh_counts():
    cache.clear()


def address(paper):
    return reverse("request_format", args=[paper.pk])


def ask(client, paper, *, headers=None, **fields):
    return client.post(address(paper), {**FIELDS, **fields}, headers=headers or {})


def make_request(edition=None, **fields):
    return FormatRequest.objects.create(edition=edition or make_edition(), **{
        **{name: FIELDS[name] for name in ("name", "email", "need")}, **fields
    })  # fmt: skip


def test_a_reader_asks_and_gets_a_number_and_a_date(client):
    moderator = make_editor(email="desk@example.org")
    edition = make_edition()
    assert address(edition.paper) in client.get(edition.paper.url).content.decode()

    response = ask(client, edition.paper)

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


@pytest.mark.parametrize(("days", "words"), [(180, "180 days after"), (1, "1 day after")])
def test_a_reader_is_told_when_their_request_is_deleted(client, settings, days, words):
    settings.FORMAT_REQUEST_KEEP_DAYS = days

    ask(client, make_edition().paper)

    text = QueuedEmail.objects.get(to="joan@example.org").text
    assert f"Only our staff can see your request. We delete it {words} we answer." in text


def test_the_settings_may_name_who_is_told(client, settings):
    settings.FORMAT_REQUEST_RECIPIENTS = ["access at example", "access@example.org"]
    make_editor(email="desk@example.org")

    ask(client, make_edition().paper)

    assert set(QueuedEmail.objects.values_list("to", flat=True)) == {"joan@example.org", "access@example.org"}


def test_the_form_needs_no_cookie_and_sets_none(client):
    paper = make_edition().paper

    page = client.get(address(paper))

    assert not page.cookies
    assert "csrfmiddlewaretoken" not in page.content.decode()


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
    response = ask(client, make_edition().paper, **fields)

    page = response.content.decode()
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in page
    assert all(value in page for name, value in FIELDS.items() if name not in fields)
    assert not FormatRequest.objects.exists()


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_site_cannot_ask_in_a_readers_name(client, headers):
    response = ask(client, make_edition().paper, headers=headers)

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "sent from another website" in response.content.decode()
    assert not FormatRequest.objects.exists()


def test_a_members_post_needs_a_token(client):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_user())

    assert ask(strict, make_edition().paper).status_code == HTTPStatus.FORBIDDEN


def test_nobody_can_fill_somebodys_mailbox(client):
    paper = make_edition().paper
    for number in range(5):
        assert ask(client, paper, need=f"Wish {number}").status_code == HTTPStatus.SEE_OTHER

    response = ask(client, paper, need="One more", email="JOAN@example.org")

    assert response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert int(response["Retry-After"]) > 0
    assert "One more" in response.content.decode()
    assert FormatRequest.objects.count() == 5


def test_a_request_sent_twice_is_one(client):
    paper = make_edition().paper

    first, second = ask(client, paper), ask(client, paper)

    assert first["Location"] == second["Location"]
    assert FormatRequest.objects.count() == 1


def test_of_a_paper_nobody_may_see_nothing_can_be_asked(client):
    draft = make_edition(make_paper(live=False)).paper
    without = make_edition(state=Edition.State.DRAFT).paper

    for paper in (draft, without):
        assert client.get(address(paper)).status_code == HTTPStatus.NOT_FOUND
        assert ask(client, paper).status_code == HTTPStatus.NOT_FOUND


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


def test_a_request_is_deleted_some_time_after_its_answer(settings):
    settings.FORMAT_REQUEST_KEEP_DAYS = 30
    now = timezone.now()
    answered = {"state": FormatRequest.State.ANSWERED}
    edition = make_edition()
    make_request(edition, answered_at=now - timedelta(days=31), **answered)
    recent = make_request(edition, answered_at=now - timedelta(days=29), **answered)
    waiting = make_request(edition, requested_at=now - timedelta(days=300))

    assert delete_old() == 1

    assert set(FormatRequest.objects.all()) == {recent, waiting}


@pytest.mark.parametrize(
    ("requested_on", "days", "answered"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 11, 20), 10, date(2026, 12, 4)),
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
    ],
)
def test_an_answer_is_promised_in_working_days(requested_on, days, answered):
    assert working_days_after(requested_on, days) == answered
