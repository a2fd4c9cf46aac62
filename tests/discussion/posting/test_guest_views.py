"""A guest leaves a name and an address, and follows a link."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.utils import timezone
from django_comments.signals import comment_was_posted

from discussion.jobs import delete_unconfirmed
from discussion.models import Comment, State
from discussion.posting import guest_links
from mail.models import QueuedEmail
from tests.support.comments import make_comment, make_guest_comment, post_guest_comment, visible_text
from tests.support.emails import links_in
from tests.support.factories import make_post

pytestmark = pytest.mark.django_db


def path_of(email):
    return links_in(email)[0].removeprefix("http://127.0.0.1:8000")


def test_a_guests_comment_waits_for_the_link_and_then_appears_where_it_belongs(client):
    opening = make_comment()

    sent = post_guest_comment(
        client,
        opening.page,
        comment="A *guest* speaks.",
        reply_to=opening.pk,
        url="https://heron.example.org",
    )
    email = QueuedEmail.objects.get()
    shown = client.get(path_of(email))
    confirmed = client.post(path_of(email))

    guest = Comment.objects.latest("pk")
    assert (sent.status_code, sent["Location"]) == (HTTPStatus.SEE_OTHER, "/discussion/sent/")
    assert email.to == "grace@example.org"
    assert shown.status_code == HTTPStatus.OK
    assert "A <em>guest</em> speaks." in shown.content.decode()
    assert (confirmed.status_code, confirmed["Location"]) == (
        HTTPStatus.SEE_OTHER,
        f"{opening.page.url}?talk=1&posted={guest.pk}#comment-{guest.pk}",
    )
    assert (guest.state, guest.order, guest.thread_id) == (State.PUBLISHED, 2, opening.pk)
    assert "A guest speaks." in visible_text(client.get(opening.page.url))
    assert not client.cookies


def test_looking_at_the_link_does_nothing(client):
    guest = make_guest_comment(state=State.UNCONFIRMED)
    address = f"/discussion/confirm/{guest_links.confirm_token(guest)}/"

    for _ in range(3):
        response = client.get(address)
        client.head(address)

    guest.refresh_from_db()
    assert guest.state == State.UNCONFIRMED
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "same-origin"


def test_the_second_time_the_link_only_leads_to_the_comment(client):
    guest = make_guest_comment(state=State.UNCONFIRMED)
    address = f"/discussion/confirm/{guest_links.confirm_token(guest)}/"
    first = client.post(address)
    submitted_at = Comment.objects.get().submit_date

    again, looked = client.post(address), client.get(address)

    assert again["Location"] == looked["Location"] == first["Location"]
    assert (again.status_code, looked.status_code) == (HTTPStatus.SEE_OTHER, HTTPStatus.SEE_OTHER)
    assert Comment.objects.get().submit_date == submitted_at


@pytest.mark.parametrize("action", ["remove", "mark_as_spam", "delete_by_author"])
@pytest.mark.parametrize("confirmed_before", [True, False])
def test_a_comment_that_was_taken_away_cannot_come_back_by_its_link(client, action, confirmed_before):
    guest = make_guest_comment(state=State.UNCONFIRMED)
    address = f"/discussion/confirm/{guest_links.confirm_token(guest)}/"
    if confirmed_before:
        client.post(address)
    getattr(guest, action)()

    assert client.get(address).status_code == client.post(address).status_code == HTTPStatus.GONE
    assert Comment.objects.get().state == guest.state


@pytest.mark.parametrize("token", ["x", "a:b:c", "MQ:1vAAAA:AAAA", "%00", "..", "é", "x" * 2_000])
def test_a_link_nobody_made_is_not_found(client, token):
    assert client.get(f"/discussion/confirm/{token}/").status_code == HTTPStatus.NOT_FOUND


def test_the_link_works_while_the_page_does(client):
    guest = make_guest_comment(state=State.UNCONFIRMED)
    guest.page.unpublish()

    assert (
        client.post(f"/discussion/confirm/{guest_links.confirm_token(guest)}/").status_code
        == HTTPStatus.NOT_FOUND
    )


def test_confirming_from_another_site_is_refused(client):
    guest = make_guest_comment(state=State.UNCONFIRMED)

    response = client.post(
        f"/discussion/confirm/{guest_links.confirm_token(guest)}/", headers={"origin": "https://evil.example"}
    )

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert Comment.objects.get().state == State.UNCONFIRMED


def test_whoever_listens_hears_of_a_guest_once_it_is_confirmed(client):
    received = []

    def listen(comment, **signal):
        received.append(comment.comment)

    comment_was_posted.connect(listen, sender=Comment)
    post_guest_comment(client, make_post(), comment="Hello.")
    before = list(received)
    for _ in range(2):
        client.post(path_of(QueuedEmail.objects.earliest("pk")))

    assert (before, received) == ([], ["Hello."])


def test_whoever_listens_may_refuse(client):
    from django_comments.signals import comment_will_be_posted

    def refuse(comment, **signal):
        return "pills" not in comment.comment

    comment_will_be_posted.connect(refuse, sender=Comment)
    response = post_guest_comment(client, make_post(), comment="Buy pills.")

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "Buy pills." in visible_text(response)
    assert not Comment.objects.exists()
    assert not QueuedEmail.objects.exists()


def test_unconfirmed_comments_are_forgotten_after_three_days():
    late = make_guest_comment(
        state=State.UNCONFIRMED, submit_date=timezone.now() - timedelta(days=3, minutes=1)
    )
    fresh = make_guest_comment(state=State.UNCONFIRMED)
    old = make_guest_comment(submit_date=timezone.now() - timedelta(days=30))

    assert delete_unconfirmed() == 1
    assert delete_unconfirmed() == 0
    assert set(Comment.objects.all()) == {fresh, old}
    assert late not in Comment.objects.all()


def test_the_pages_after_posting_are_the_same_for_everyone(client):
    for address in ("/discussion/sent/", "/discussion/waiting/"):
        response = client.get(address)
        assert response.status_code == HTTPStatus.OK
        assert not response.cookies
