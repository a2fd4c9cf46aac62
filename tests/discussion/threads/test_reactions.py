"""What members find useful, what a moderator pins, and what is new since the last visit."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from discussion.models import Comment, Reaction, State
from discussion.models.transitions import TransitionError
from tests.support.comments import make_comment, visible_text
from tests.support.factories import make_post, make_user

pytestmark = pytest.mark.django_db


def press_useful(client, comment):
    return client.post(f"/discussion/useful/{comment.pk}/")


def test_a_member_finds_a_comment_useful_and_takes_it_back(client):
    comment = make_comment()
    client.force_login(make_user())

    there = press_useful(client, comment)
    comment.refresh_from_db()
    once, page = comment.useful_count, client.get(comment.page.url).content.decode()
    press_useful(client, comment)
    comment.refresh_from_db()

    assert there.status_code == HTTPStatus.SEE_OTHER
    assert there["Location"] == f"{comment.page.url}?talk=1#comment-{comment.pk}"
    assert (once, comment.useful_count) == (1, 0)
    assert f'formaction="/discussion/useful/{comment.pk}/" aria-pressed="true"' in page


def test_everybody_reads_how_many_found_it_useful(client):
    comment = make_comment()
    for _ in range(2):
        Reaction.objects.toggle(comment, make_user())

    response = client.get(comment.page.url)

    assert "Useful to 2 members" in visible_text(response)
    assert b"/discussion/useful/" not in response.content


def test_strangers_and_writers_of_the_comment_cannot_find_it_useful(client):
    comment = make_comment()

    stranger = press_useful(client, comment)
    client.force_login(comment.user)
    author = press_useful(client, comment)

    assert stranger.status_code == author.status_code == HTTPStatus.FORBIDDEN
    assert not Reaction.objects.exists()


def test_finding_useful_is_a_post_with_the_members_token():
    client, comment = Client(enforce_csrf_checks=True), make_comment()
    client.force_login(make_user())

    assert client.get(f"/discussion/useful/{comment.pk}/").status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert press_useful(client, comment).status_code == HTTPStatus.FORBIDDEN


def test_a_comment_that_is_gone_cannot_be_found_useful(client):
    comment = make_comment()
    comment.remove()
    client.force_login(make_user())

    assert press_useful(client, comment).status_code == HTTPStatus.NOT_FOUND


def test_a_count_outlives_nobody_who_gave_it():
    comment, member = make_comment(), make_user()
    Reaction.objects.toggle(comment, member)
    Reaction.objects.toggle(comment, make_user())

    member.delete()

    comment.refresh_from_db()
    assert comment.useful_count == 1


def test_the_most_useful_come_first_when_asked_for_and_older_ones_among_equals(client):
    page = make_post()
    first, second, third = (make_comment(on=page, text=text) for text in ("One.", "Two.", "Three."))
    Reaction.objects.toggle(third, make_user())

    words = visible_text(client.get(f"{page.url}?order=useful"))

    assert words.index("Three.") < words.index("One.") < words.index("Two.")
    assert first.useful_count == second.useful_count


@pytest.mark.parametrize("order", ["", "?order=newest", "?order=useful"])
def test_a_pinned_comment_comes_first_in_every_order_and_says_so(client, order):
    page = make_post()
    make_comment(on=page, text="One.")
    middle = make_comment(on=page, text="Two.")
    make_comment(on=page, text="Three.")

    middle.pin(by=(moderator := make_user()))
    words = visible_text(client.get(page.url + order))

    assert words.index("Pinned") < words.index("Two.") < min(words.index("One."), words.index("Three."))
    assert ModelLogEntry.objects.filter(action="discussion.pin", user=moderator).count() == 1
    middle.unpin()
    assert "Pinned" not in visible_text(client.get(page.url))


def test_what_nobody_can_read_cannot_be_pinned():
    comment = make_comment()
    comment.remove()

    with pytest.raises(TransitionError):
        comment.pin()


def test_a_comment_said_for_the_site_bears_a_mark(client):
    comment = make_comment()
    comment.mark_as_staff()

    assert "Staff" in visible_text(client.get(comment.page.url))


def test_a_member_is_told_how_much_is_new_since_they_looked(client):
    mine = make_comment(by=(reader := make_user()))
    client.force_login(reader)
    first = client.get(mine.page.url)

    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        new = make_comment(on=mine.page)
        make_comment(on=mine.page, by=reader)
        second, third = client.get(mine.page.url), client.get(mine.page.url)

    assert "since your last visit" not in visible_text(first) + visible_text(third)
    assert "1 comment since your last visit" in visible_text(second)
    assert visible_text(second).count(" New ") == 1
    assert f'href="/discussion/comment/{new.pk}/">1 comment since' in second.content.decode()


def test_strangers_are_not_told_what_is_new(client):
    page = make_comment().page

    assert "since your last visit" not in visible_text(client.get(page.url))


def test_what_was_held_is_new_to_those_who_looked_before_it_appeared(client):
    written_at = timezone.now() - timedelta(hours=2)
    held = make_comment(on=make_comment().page, state=State.WAITING, submit_date=written_at)
    client.force_login(make_user())
    client.get(held.page.url)

    held.approve()
    response = client.get(held.page.url)
    shown_at = Comment.objects.get(pk=held.pk).submit_date
    held.hold()
    held.approve()

    assert "1 comment since your last visit" in visible_text(response)
    assert timezone.now() - shown_at < timedelta(minutes=1)
    assert Comment.objects.get(pk=held.pk).submit_date == shown_at
