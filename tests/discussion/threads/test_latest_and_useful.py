"""The newest comments, the quiet pages, and marking a comment as useful."""

from __future__ import annotations

from http import HTTPStatus

import pytest

from discussion.models import Reaction, State
from discussion.threads import views
from tests.support.comments import make_comment, make_guest_comment, visible_text
from tests.support.factories import make_post, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("page", "number"), [("", 1), ("?page=1", 1), ("?page=2", 2)])
def test_the_latest_comments_are_read_in_pages_newest_first(client, monkeypatch, page, number):
    monkeypatch.setattr(views, "COMMENTS_PER_PAGE", 2)
    comments = [make_comment(text=f"Said as number {n}.") for n in range(1, 4)]
    make_comment(text="Not public.", on=make_post(live=False))
    make_comment(text="Still waiting.", state=State.WAITING)

    response = client.get(f"/discussion/{page}")

    assert response.status_code == HTTPStatus.OK
    words = visible_text(response)
    there = sorted((words.index(one.comment), one.comment) for one in comments if one.comment in words)
    expected = [comments[2], comments[1]] if number == 1 else [comments[0]]
    assert [text for _, text in there] == [one.comment for one in expected]
    assert "Not public." not in words
    assert "Still waiting." not in words


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "1.5", "9" * 40])
def test_beyond_the_last_page_of_latest_comments_nothing_is_found(client, page):
    make_comment()

    assert client.get(f"/discussion/?page={page}").status_code == HTTPStatus.NOT_FOUND


def test_without_comments_the_first_page_is_there(client):
    assert client.get("/discussion/").status_code == HTTPStatus.OK


def test_reading_takes_no_post(client):
    comment = make_comment()

    for address in ("", "sent/", "waiting/", f"comment/{comment.pk}/"):
        assert client.post(f"/discussion/{address}").status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_the_quiet_pages_say_what_happens_next(client):
    assert "Check your e-mail" in visible_text(client.get("/discussion/sent/"))
    assert "Waiting for a moderator" in visible_text(client.get("/discussion/waiting/"))


def test_what_one_may_not_mark_as_useful_is_refused_with_the_reason(client):
    comment, gone = make_comment(by=make_user(pk=100_000)), make_comment()
    gone.remove()

    stranger = client.post(f"/discussion/useful/{comment.pk}/")
    client.force_login(comment.user)
    own = client.post(f"/discussion/useful/{comment.pk}/")
    removed = client.post(f"/discussion/useful/{gone.pk}/")

    assert (stranger.status_code, own.status_code, removed.status_code) == (403, 403, 404)
    assert "Sign in to mark a comment as useful." in visible_text(stranger)
    assert "You can’t mark your own comment as useful." in visible_text(own)
    assert "This comment is no longer here." in visible_text(removed)
    assert not Reaction.objects.exists()


def test_who_is_not_signed_in_is_not_told_whether_a_comment_is_gone(client):
    gone = make_comment()
    gone.remove()

    assert client.post(f"/discussion/useful/{gone.pk}/").status_code == HTTPStatus.FORBIDDEN


def test_a_guests_comment_can_be_marked_as_useful(client):
    comment = make_guest_comment()
    client.force_login(make_user())

    response = client.post(f"/discussion/useful/{comment.pk}/")

    assert response.status_code == HTTPStatus.SEE_OTHER
    assert Reaction.objects.filter(comment=comment).count() == 1


def test_comments_cannot_be_marked_without_end(client, settings):
    settings.RATE_LIMITS = {"useful": "2/m/user"}
    comment = make_comment()
    client.force_login(make_user())

    answers = [client.post(f"/discussion/useful/{comment.pk}/") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert int(answers[2]["Retry-After"]) > 0


def test_a_comment_under_a_page_that_is_not_public_cannot_be_marked(client):
    comment = make_comment(on=make_post(live=False))
    client.force_login(make_user())

    assert client.post(f"/discussion/useful/{comment.pk}/").status_code == HTTPStatus.NOT_FOUND
    assert client.post("/discussion/useful/0/").status_code == HTTPStatus.NOT_FOUND


def test_a_comment_that_waits_is_found_by_its_author_alone(client):
    comment = make_comment(state=State.WAITING)
    stranger = client.get(f"/discussion/comment/{comment.pk}/")

    client.force_login(comment.user)
    author = client.get(f"/discussion/comment/{comment.pk}/")

    assert stranger.status_code == HTTPStatus.NOT_FOUND
    assert author["Location"] == f"{comment.page.url}?talk=1#comment-{comment.pk}"
