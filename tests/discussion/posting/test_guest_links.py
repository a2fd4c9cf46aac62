"""The links a guest is sent: what they tell, how long they are good, and how to get them again."""

from __future__ import annotations

import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks import default_task_backend

from discussion.models import State
from discussion.posting import guest_links
from discussion.posting.guest_links import confirm_token
from mail.models import QueuedEmail
from tests.support.comments import by_link, make_comment, make_guest_comment, post_guest_comment, visible_text
from tests.support.emails import links_in
from tests.support.factories import make_post
from tests.support.times import after

pytestmark = pytest.mark.django_db


def test_the_email_holds_one_link_and_nothing_that_was_typed(client):
    post_guest_comment(
        client,
        make_post(title="Sharing a nurse"),
        comment="Buy https://pills.example now",
        name="Pills Seller",
    )

    email = QueuedEmail.objects.get()
    assert len(links_in(email)) == 1
    assert "“Sharing a nurse”" in email.subject
    for typed in ("pills", "Pills", "Seller"):
        assert typed not in email.text + email.subject + email.html


def test_the_link_tells_nothing_about_who_wrote_what():
    token = guest_links.confirm_token(make_guest_comment(state=State.UNCONFIRMED))

    assert len(token) < 60
    assert isinstance(signing.loads(token, salt=guest_links.CONFIRM_SALT), int)


def test_a_link_is_good_for_three_days(client, monkeypatch):
    guest = make_guest_comment(state=State.UNCONFIRMED)
    address = f"/discussion/confirm/{guest_links.confirm_token(guest)}/"
    monkeypatch.setattr(guest_links, "CONFIRM_MAX_AGE", timedelta(seconds=-1))

    response = client.post(address)

    assert response.status_code == HTTPStatus.GONE
    assert "3 days" in visible_text(response)


def test_a_link_made_for_another_purpose_is_not_found(client):
    guest = make_guest_comment(state=State.UNCONFIRMED)

    assert (
        client.get(f"/discussion/confirm/{signing.dumps(guest.pk, salt='mail.unsubscribe')}/").status_code
        == HTTPStatus.NOT_FOUND
    )
    assert (
        client.get(f"/discussion/confirm/{signing.dumps('1', salt=guest_links.CONFIRM_SALT)}/").status_code
        == HTTPStatus.NOT_FOUND
    )


def test_asking_for_links_takes_the_same_work_whether_or_not_there_is_a_comment(client, settings):
    """The rest happens in the background: otherwise the time would tell who has commented here."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    make_guest_comment(email="known@example.org")
    statements = []
    for address in ("warm@example.org", "known@example.org", "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            client.post("/discussion/yours/", {"email": address})
        statements.append(len(queries))

    assert statements[1] == statements[2]
    assert not QueuedEmail.objects.exists()
    tasks = [result.args[0] for result in default_task_backend.results if "@" in str(result.args[0])]
    assert tasks == ["warm@example.org", "known@example.org", "nobody@example.org"]


def test_a_guests_link_ends_after_a_year_and_a_forged_one_is_none(client):
    comment = make_guest_comment()
    address = by_link(comment)

    with after(days=366):
        late = client.get(address)
    other_purpose = client.get(f"/discussion/yours/{confirm_token(comment)}/")
    members = client.get(by_link(make_comment()))

    assert late.status_code == HTTPStatus.GONE
    assert other_purpose.status_code == members.status_code == HTTPStatus.NOT_FOUND
    assert client.get(address[:-3] + "xxx/").status_code == HTTPStatus.NOT_FOUND


def test_links_are_sent_anew_without_telling_whether_the_address_is_known(client):
    comment = make_guest_comment(email="grace@example.org")
    make_guest_comment(email="other@example.org")

    known = client.post("/discussion/yours/", {"email": "Grace@Example.org"})
    unknown = client.post("/discussion/yours/", {"email": "nobody@example.org"})

    message = QueuedEmail.objects.get()
    assert known.content == unknown.content
    assert message.to == "grace@example.org"
    assert message.text.count("/discussion/yours/") == 1
    (token,) = re.findall(r"/discussion/yours/([^/\s]+)/", message.text)
    assert guest_links.comment_from_token(token) == comment


def test_who_lost_the_first_email_is_sent_the_link_to_confirm_anew(client):
    comment = make_guest_comment(state=State.UNCONFIRMED)
    make_guest_comment(on=comment.page)

    client.post("/discussion/yours/", {"email": "grace@example.org"})

    email = QueuedEmail.objects.get()
    (token,) = re.findall(r"/discussion/confirm/([^/\s]+)/", email.text)
    client.post(f"/discussion/confirm/{token}/")
    comment.refresh_from_db()
    assert comment.state == State.PUBLISHED
    assert email.text.count("/discussion/yours/") == 1
    assert comment.comment not in email.text


def test_links_cannot_be_asked_for_without_end_or_for_no_address(client):
    assert (
        client.post("/discussion/yours/", {"email": "grace"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    )
    responses = [client.post("/discussion/yours/", {"email": "grace@example.org"}) for _ in range(6)]

    assert responses[-1].status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert responses[-1]["Retry-After"]
    assert client.get("/discussion/yours/").status_code == HTTPStatus.OK
