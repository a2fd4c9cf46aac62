"""Changing what one said, adding to it, and taking it back."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from django.test import Client
from django_comments.signals import comment_will_be_posted

from discussion.jobs import rerender
from discussion.models import Comment, State
from discussion.posting.guest_links import confirm_token
from mail.models import QueuedEmail
from tests.support.comments import (
    by_link,
    change,
    confirmation,
    make_comment,
    make_guest_comment,
    post_guest_comment,
    visible_text,
)
from tests.support.times import after

pytestmark = pytest.mark.django_db


def test_a_member_changes_what_they_said_and_readers_see_when(client, mine):
    form_page = client.get(f"/discussion/edit/{mine.pk}/")
    there = change(client, mine, "Other *words*.")

    page = visible_text(Client().get(mine.page.url))
    mine.refresh_from_db()
    assert "First words." in form_page.content.decode()
    assert there["Location"] == f"{mine.page.url}?talk=1&edited={mine.pk}#comment-{mine.pk}"
    assert confirmation(client, there, selector=".comment__confirmation") == "Comment saved."
    assert mine.html == "<p>Other <em>words</em>.</p>"
    assert "edited" in page
    assert "First words." not in page


@pytest.mark.parametrize(
    ("minutes", "answered", "what"),
    [
        (14, False, "Edit your comment"), (14, True, "Edit your comment"), (16, False, "Edit your comment"),
        (16, True, "Add to your comment"), (23 * 60, False, "Edit your comment"),
        (25 * 60, False, "Add to your comment"),
    ],
)  # fmt: skip
def test_editing_stays_open_a_quarter_of_an_hour_then_until_an_answer_never_beyond_a_day(
    client, mine, minutes, answered, what
):
    if answered:
        make_comment(reply_to=mine)

    with after(minutes=minutes):
        words = visible_text(client.get(f"/discussion/edit/{mine.pk}/"))

    assert what in words


def test_the_page_offers_the_writer_what_is_still_open(client, mine):
    early = visible_text(client.get(mine.page.url))
    with after(hours=25):
        client.force_login(mine.user)
        late = visible_text(client.get(mine.page.url))

    assert " Edit Delete" in early
    assert " Add a note Delete" in late
    assert "/discussion/edit/" not in Client().get(mine.page.url).content.decode()


def test_an_addendum_stands_beneath_with_its_date_and_is_written_once(client, mine):
    make_comment(reply_to=mine)
    with after(hours=1):
        there = change(client, mine, "It was *Tuesday*.")
        again = change(client, mine, "No, Wednesday.")

    mine.refresh_from_db()
    page = visible_text(Client().get(mine.page.url))
    assert (there.status_code, again.status_code) == (HTTPStatus.SEE_OTHER, HTTPStatus.CONFLICT)
    assert (mine.comment, mine.edited_at, mine.addendum) == ("First words.", None, "It was *Tuesday*.")
    assert "Added later:" in page
    assert "It was Tuesday." in page
    assert "Wednesday" not in page


def test_a_member_changes_nothing_without_their_token(mine):
    client = Client(enforce_csrf_checks=True)
    client.force_login(mine.user)

    assert change(client, mine).status_code == HTTPStatus.FORBIDDEN


def test_other_words_can_be_looked_at_first(client, mine):
    response = change(client, mine, "Other *words*.", preview="1")

    assert "<p>Other <em>words</em>.</p>" in response.content.decode()
    mine.refresh_from_db()
    assert mine.edited_at is None


def test_changed_words_are_held_when_new_ones_would_be(client, mine):
    def hold(comment, **signal):
        comment.is_public = "casino" not in comment.comment

    comment_will_be_posted.connect(hold, sender=Comment)

    there = change(client, mine, "Come to the casino.")

    mine.refresh_from_db()
    assert (there["Location"], mine.state) == ("/discussion/waiting/", State.WAITING)


def test_deleting_ones_own_asks_first_and_leaves_a_stub_above_answers(client, mine):
    make_comment(reply_to=mine, text="An answer.")

    form_page = client.get(f"/discussion/delete/{mine.pk}/")
    mine.refresh_from_db()
    still = mine.state
    there = client.post(f"/discussion/delete/{mine.pk}/")

    page = visible_text(Client().get(mine.page.url))
    assert "First words." in visible_text(form_page)
    assert still == State.PUBLISHED
    assert there["Location"] == f"{mine.page.url}#comment-deleted"
    assert confirmation(client, there) == "Comment deleted."
    assert "Deleted by its author." in page
    assert "An answer." in page
    assert "First words." not in page


def test_a_guest_is_sent_a_link_once_the_comment_is_confirmed(client):
    page = make_comment().page
    post_guest_comment(client, page, email="grace@example.org", comment="First words.")
    comment = Comment.objects.get(user=None)

    for _ in range(2):
        client.post(f"/discussion/confirm/{confirm_token(comment)}/")

    message = QueuedEmail.objects.get(key=f"own comment {comment.pk}")
    (address,) = re.findall(r"http://127\.0\.0\.1:8000(/discussion/yours/\S+)", message.text)
    shown = client.get(address)
    assert message.to == "grace@example.org"
    assert "First words." in visible_text(shown)
    assert shown["Cache-Control"] == "private, no-store"
    assert "grace" not in address + shown.content.decode()
    assert not client.cookies


def test_a_guests_link_edits_for_a_while_and_deletes_for_a_year(client):
    comment = make_guest_comment(text="First words.")
    edit, delete = by_link(comment, "edit/"), by_link(comment, "delete/")

    change(client, comment, "Other words.", at=edit)
    comment.refresh_from_db()
    with after(days=300):
        form_status = client.get(delete).status_code
        client.post(delete)
    gone = client.get(by_link(comment))

    assert comment.comment == "Other words."
    assert (form_status, gone.status_code) == (HTTPStatus.OK, HTTPStatus.GONE)
    comment.refresh_from_db()
    assert (comment.state, comment.comment) == (State.DELETED, "")


def test_another_site_cannot_use_a_guests_link(client):
    comment = make_guest_comment(text="First words.")

    response = client.post(by_link(comment, "delete/"), headers={"Origin": "https://evil.example"})

    comment.refresh_from_db()
    assert (response.status_code, comment.state) == (HTTPStatus.FORBIDDEN, State.PUBLISHED)


def test_what_an_older_renderer_made_is_rendered_anew():
    comment = make_comment(text="A *word*.")
    Comment.objects.filter(pk=comment.pk).update(renderer_version=0, html="<p>old</p>")

    assert (rerender(), rerender()) == (1, 0)
    comment.refresh_from_db()
    assert (comment.html, comment.edited_at) == ("<p>A <em>word</em>.</p>", None)
