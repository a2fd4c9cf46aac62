"""Whoever needs a file that is not public asks for a copy; the desk grants it by a link that ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from mail.models import QueuedEmail
from papers.models import CopyRequest
from papers.reader_requests import actions
from tests.support.paper_files import make_edition, make_editor
from tests.support.reader_requests import ADA, ask_for_copy, granted, link_to, make_closed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unhurried")]


def test_the_page_of_a_closed_paper_offers_to_ask(client):
    edition = make_closed()

    assert reverse("request_copy", args=[edition.paper_id]) in client.get(edition.paper.url).content.decode()
    assert client.get(reverse("request_copy", args=[edition.paper_id])).status_code == 200


def test_a_request_reaches_the_admin_without_saying_whose_it_is(client):
    edition, editor = make_closed(), make_editor()

    response = ask_for_copy(client, edition)

    assert response.status_code == 200
    assert not response.cookies
    email = QueuedEmail.objects.get(to=editor.email)
    assert "Shared buses" in email.subject
    assert "ada@example.net" not in email.text
    assert CopyRequest.objects.get().is_open


def test_the_admin_grants_and_the_link_holds_the_file(client):
    edition = make_closed()
    ask_for_copy(client, edition)
    client.force_login(make_editor())
    assert "ada@example.net" in client.get(reverse("papers_admin:copy_requests")).content.decode()

    client.post(reverse("papers_admin:copy_request", args=[CopyRequest.objects.get().pk]), {"grant": "yes"})

    client.logout()
    response = client.get(link_to("ada@example.net"))
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert response["Cache-Control"] == "private, no-store"
    assert client.get(f"{edition.paper.url}download/").status_code == 403


def test_a_link_ends(client):
    link = granted(client, make_closed())

    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert client.get(link).status_code == 410


def test_what_a_link_holds_is_kept_by_nobody_and_tells_no_other_site_of_the_link(client):
    response = client.get(granted(client, make_closed()))

    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"


def test_the_email_says_for_whom_and_how_long_the_link_is_good(client):
    granted(client, make_closed())

    text = QueuedEmail.objects.get(to="ada@example.net").text
    one_day = render_to_string("papers/emails/copy_granted.txt", {"days": 1})

    assert "This link is for you only and expires in 14 days. Please don’t share it." in text
    assert "This link is for you only and expires in 1 day. Please don’t share it." in one_day


def test_a_link_opens_nothing_once_the_edition_is_withdrawn(client):
    edition = make_closed()
    link = granted(client, edition)

    edition.withdraw(reason="Wrong.")

    assert client.get(link).status_code == 404


def test_a_declined_request_opens_nothing_and_is_answered_kindly(client):
    ask_for_copy(client, make_closed())
    copy_request = CopyRequest.objects.get()

    assert actions.resolve_copy_request(copy_request, granted=False, user=make_editor())
    assert not actions.resolve_copy_request(copy_request, granted=True, user=make_editor())

    assert (
        client.get(reverse("granted_copy", args=[actions.make_copy_token(copy_request)])).status_code == 404
    )
    assert "sorry" in QueuedEmail.objects.get(to="ada@example.net").text


def test_what_is_public_private_or_unknown_is_not_asked_for(client):
    public, private = make_edition(), make_closed()
    PageViewRestriction.objects.create(page=private.paper, restriction_type=PageViewRestriction.LOGIN)

    for key in (public.paper_id, private.paper_id, 99999999):
        assert client.get(reverse("request_copy", args=[key])).status_code == 404


def test_a_request_from_elsewhere_is_refused(client):
    edition = make_closed()

    assert ask_for_copy(client, edition, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert ask_for_copy(client, edition, Origin="https://evil.example").status_code == 403
    assert not CopyRequest.objects.exists()


def test_nobody_is_written_to_all_day(client, settings):
    settings.LIMITS = True
    edition, form = make_closed(), ADA | {"email": "somebody.else@example.net"}
    address = reverse("request_copy", args=[edition.paper_id])

    responses = [client.post(address, form) for _ in range(6)]

    assert [response.status_code for response in responses] == [200] * 5 + [429]
    assert responses[-1]["Retry-After"] == "86400"
