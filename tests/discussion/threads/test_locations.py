"""Addresses of single comments, replies and what was edited."""

from __future__ import annotations

import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from blog.models import Post
from discussion.models import State
from discussion.posting import guest_links
from discussion.threads.locations import (
    comment_path,
    get_comment_or_404,
    get_commentable_page,
    location_query,
    may_read,
    page_number_of,
    page_path,
)
from public_forms.numbers import MAX_ID
from tests.discussion.threads.test_properties import small_pages
from tests.support.comments import make_comment, make_guest_comment, queries_of, visible_text
from tests.support.factories import make_post, make_user

__all__ = ["small_pages"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_site_paths():
    """Forget which sites there were: the rows go with the test, what the cache holds of them does not."""
    yield
    Site.clear_site_root_paths_cache()


def comments_on(response):
    return [
        int(pk)
        for pk in re.findall(r'<li class="comment[^"]*" id="comment-(\d+)"', response.content.decode())
    ]


def test_a_comment_has_an_address_that_leads_to_its_place(client):
    post, by = make_post(), make_user()
    tops = [make_comment(on=post, by=by) for _ in range(21)]
    reply = make_comment(reply_to=tops[20], by=by)
    for _ in range(12):
        last = make_comment(reply_to=tops[0], by=by)

    first = client.get(f"/discussion/comment/{tops[0].pk}/")
    second = client.get(f"/discussion/comment/{reply.pk}/")
    folded = client.get(f"/discussion/comment/{last.pk}/")

    assert first.status_code == HTTPStatus.FOUND
    assert first["Location"] == f"{post.url}?talk=1#comment-{tops[0].pk}"
    assert second["Location"] == f"{post.url}?talk=2#comment-{reply.pk}"
    assert folded["Location"] == f"{post.url}?talk=1&thread={tops[0].pk}#comment-{last.pk}"
    assert last.pk in comments_on(client.get(folded["Location"]))


@pytest.mark.parametrize("action", ["remove", "mark_as_spam", "delete_by_author", "erase"])
def test_the_address_of_a_comment_that_was_taken_away_says_so_kindly(client, action):
    comment = make_comment(text="Words that went.")
    getattr(comment, action)()

    response = client.get(f"/discussion/comment/{comment.pk}/")

    assert response.status_code == HTTPStatus.GONE
    assert "Back to the discussion of" in visible_text(response)
    assert "Words that went." not in visible_text(response)
    assert client.get(f"/discussion/reply/{comment.pk}/").status_code == HTTPStatus.GONE


def test_a_comment_nobody_may_know_of_is_not_found(client):
    unconfirmed = make_guest_comment(state=State.UNCONFIRMED)
    waiting = make_comment(state=State.WAITING)
    hidden = make_comment(on=make_post(live=False))

    for comment in (unconfirmed, waiting, hidden):
        for path in ("comment/{}/", "reply/{}/", "reply/{}/form/"):
            assert client.get(f"/discussion/{path.format(comment.pk)}").status_code == HTTPStatus.NOT_FOUND


def test_the_reply_page_shows_what_is_answered_and_works_without_a_script(client):
    comment = make_comment(text="What does it *cost*?", by=make_user(name="Joan Marsh"))

    html = client.get(f"/discussion/reply/{comment.pk}/").content.decode()

    assert "What does it <em>cost</em>?" in html
    assert f'name="reply_to" value="{comment.pk}"' in html
    assert 'id="comment-form"' in html


def test_the_fragment_for_scripts_is_the_form_alone_with_ids_of_its_own(client):
    comment = make_comment()

    html = client.get(f"/discussion/reply/{comment.pk}/form/").content.decode()

    assert "<html" not in html
    assert f'<form id="reply-form-{comment.pk}"' in html
    assert f'id="id_{comment.pk}_comment"' in html
    assert 'id="id_comment"' not in html


def test_a_reply_to_a_closed_discussion_is_told_so(client):
    comment = make_comment(on=make_post(comments_open=False))

    for path in (f"/discussion/reply/{comment.pk}/", f"/discussion/reply/{comment.pk}/form/"):
        response = client.get(path)
        assert response.status_code == HTTPStatus.FORBIDDEN
        assert "This discussion is closed." in visible_text(response)


def test_an_edited_comment_says_so(client):
    comment = make_comment(text="Befroe.")

    comment.edit("Before.")

    words = visible_text(client.get(comment.page.url))
    assert "Before." in words
    assert "edited" in words


def test_where_answers_stand_the_address_of_what_is_gone_leads_to_them_and_names_the_rule(client):
    gone, alone = make_comment(), make_comment()
    make_comment(reply_to=gone, text="An answer.")
    gone.remove(rule=3)
    alone.remove()

    response = client.get(f"/discussion/comment/{gone.pk}/")

    assert "Removed by a moderator. House rule 3" in visible_text(response)
    assert f'href="{gone.page.url}?talk=1#comment-{gone.pk}"' in response.content.decode()
    on_its_own = client.get(f"/discussion/comment/{alone.pk}/").content.decode()
    assert f'href="{alone.page.url}#discussion"' in on_its_own


def test_who_turns_back_from_changing_a_guests_comment_finds_it_even_while_it_waits(client):
    waiting = make_guest_comment(state=State.WAITING)
    own = guest_links.guest_comment_url(waiting).partition(":8000")[2]

    for path in ("edit/", "delete/"):
        html = client.get(own + path).content.decode()
        assert f'<a class="button button--quiet" href="{own}">' in html
    assert client.get(own).status_code == HTTPStatus.OK


def ago(minutes):
    return timezone.now() - timedelta(minutes=minutes)


@pytest.mark.usefixtures("small_pages")
def test_a_comment_is_on_the_page_that_earlier_threads_leave_for_it():
    page, moment = make_post(), timezone.now()
    second = make_comment(on=page, submit_date=moment)
    third = make_comment(on=page, submit_date=moment)  # at the same moment, written later
    first = make_comment(on=page, submit_date=ago(9))
    make_comment(submit_date=ago(99))  # under another page
    reply = make_comment(reply_to=third)

    assert [page_number_of(one) for one in (first, second, third, reply)] == [1, 1, 2, 2]


@pytest.mark.usefixtures("small_pages")
def test_pinned_threads_come_first_while_they_are_published():
    page = make_post()
    old, older = make_comment(on=page, submit_date=ago(9)), make_comment(on=page, submit_date=ago(10))
    pinned = [make_comment(on=page, pinned=True, submit_date=ago(minutes)) for minutes in (30, 2, 1)]

    assert [page_number_of(one) for one in (*pinned, older, old)] == [1, 1, 2, 2, 3]
    pinned[0].hold()
    assert [page_number_of(one) for one in (*pinned[1:], older, old)] == [1, 1, 2, 2]


@pytest.mark.usefixtures("small_pages")
def test_a_thread_that_is_gone_takes_room_while_something_stands_beneath_it():
    page = make_post()
    gone, alone, unread = (make_comment(on=page, submit_date=ago(9)) for _ in range(3))
    reply = make_comment(reply_to=gone)
    make_comment(on=page, submit_date=ago(9), state=State.WAITING)
    for comment in (gone, alone):
        comment.remove()
    last = make_comment(on=page)
    assert page_number_of(last) == 2  # after a stub and one comment

    reply.remove()

    assert page_number_of(last) == 1
    assert page_number_of(unread) == 1


@pytest.mark.usefixtures("small_pages")
def test_the_way_to_a_reply_opens_its_thread_where_that_is_long():
    top = make_comment()
    replies, short = [], set()
    for _ in range(2):
        replies.append(make_comment(reply_to=top))
        short.add(location_query(replies[0]))

    replies.append(make_comment(reply_to=top))

    assert short == {f"?talk=1#comment-{replies[0].pk}"}
    assert location_query(replies[0]) == f"?talk=1&thread={top.pk}&at={replies[0].pk}#comment-{replies[0].pk}"
    assert location_query(top) == f"?talk=1#comment-{top.pk}"


def test_a_page_may_be_read_when_it_is_published_and_its_privacy_allows(rf):
    reader = make_user()
    request = rf.get("/")
    request.user, request.session = reader, {}
    published, unpublished = make_post(), make_post(live=False)
    never = make_post()
    never.first_published_at = None
    private = make_post()
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    assert may_read(request, published)
    assert not may_read(request, unpublished)
    assert not may_read(request, never)
    assert may_read(request, private)
    request.user = AnonymousUser()
    assert not may_read(request, private)
    PageViewRestriction.objects.create(page=published, restriction_type="password", password="x")
    assert not may_read(request, published)


def test_only_what_takes_comments_is_found_as_such(rf):
    request, post = rf.get("/"), make_post()
    request.user, request.session = AnonymousUser(), {}

    assert get_commentable_page(request, post.pk) == post
    assert isinstance(get_commentable_page(request, post.pk), Post)
    nothing = [0, -1, MAX_ID + 1, 2**70, make_post(live=False).pk, Page.objects.get(depth=2).pk]
    for pk in nothing:
        with pytest.raises(Http404):
            get_commentable_page(request, pk)


def test_the_highest_number_that_there_can_be_is_found(rf):
    comment = make_comment(on=make_post(pk=MAX_ID), pk=MAX_ID)
    request = rf.get("/")
    request.user, request.session = AnonymousUser(), {}

    assert get_comment_or_404(MAX_ID) == comment
    assert get_commentable_page(request, MAX_ID) == comment.page


def test_a_comment_is_found_with_its_author_or_not_at_all():
    comment = make_comment(by=make_user(name="Joan Marsh"))

    assert len(queries_of(lambda: get_comment_or_404(comment.pk).name)) == 1
    assert get_comment_or_404(comment.pk) == comment
    for pk in (0, -1, comment.pk + 1, MAX_ID + 1, 2**70):
        with pytest.raises(Http404):
            get_comment_or_404(pk)


def test_a_page_of_no_site_has_no_address(rf):
    post = make_post()
    path = page_path(post, rf.get("/"))
    Site.objects.all().delete()
    Site.clear_site_root_paths_cache()
    post = Post.objects.get(pk=post.pk)

    assert path == post_url(post)
    with pytest.raises(Http404):
        page_path(post, rf.get("/"))
    Site.clear_site_root_paths_cache()


def post_url(post):
    return f"/blog/{post.slug}/"


def test_a_reader_is_led_to_what_they_may_see(rf):
    author = make_user()
    waiting = make_comment(by=author, state=State.WAITING)
    request = rf.get("/")
    request.session = {}

    request.user = author
    assert comment_path(request, waiting.page, waiting) == f"{waiting.page.url}?talk=1#comment-{waiting.pk}"
    request.user = make_user()
    with pytest.raises(Http404):
        comment_path(request, waiting.page, waiting)
