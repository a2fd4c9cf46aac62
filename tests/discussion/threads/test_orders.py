"""Orders, sheets and threads as one walks through them, and what is kept rather than made anew."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.utils import timezone

from discussion.models import Comment, Reaction
from tests.support.comments import make_comment, visible_text
from tests.support.factories import make_post, make_user

pytestmark = pytest.mark.django_db


def comments_on(response):
    found = re.findall(r'<li class="comment[^"]*" id="comment-(\d+)"', response.content.decode())
    return [int(pk) for pk in found]


def links_of(response, pattern):
    """Return where the links whose tag matches ``pattern`` lead, below the page's own address."""
    tags = re.findall(rf"<a\b[^>]*{pattern}[^>]*>", response.content.decode())
    return [unescape(re.search(r'href="([^"]*)"', tag)[1]) for tag in tags]


@pytest.mark.parametrize(
    ("query", "label"),
    [("", "Oldest first"), ("?order=newest", "Newest first"), ("?order=useful", "Most useful first"),
     ("?order=nonsense", "Oldest first")],
)  # fmt: skip
def test_three_orders_are_offered_and_the_present_one_is_marked(client, query, label):
    page = make_comment(on=make_comment().page).page

    html = client.get(page.url + query).content.decode()

    offered = re.findall(r'class="order__link"[^>]*?( aria-current="true")?>([^<]+)</a>', html)
    assert [name for _, name in offered] == ["Oldest first", "Newest first", "Most useful first"]
    assert [name for marked, name in offered if marked] == [label]


@pytest.mark.parametrize("order", ["newest", "useful"])
def test_an_order_is_kept_from_page_to_page_and_no_comment_is_lost(client, order):
    page, by = make_post(), make_user()
    said = [make_comment(on=page, by=by).pk for _ in range(25)]
    Reaction.objects.toggle(Comment.objects.get(pk=said[7]), make_user())

    first = client.get(f"{page.url}?order={order}")
    (following,) = set(links_of(first, 'rel="next"'))
    second = client.get(page.url + following.partition("#")[0])

    assert following.endswith("#discussion")
    assert len(comments_on(first)) == 20
    assert sorted(comments_on(first) + comments_on(second)) == said
    assert comments_on(first)[0] == (said[-1] if order == "newest" else said[7])


def test_the_first_ten_replies_are_the_first_in_reading_order_however_deep(client):
    top = make_comment()
    one, two = make_comment(reply_to=top), make_comment(reply_to=top)
    beneath_two = [make_comment(reply_to=two).pk for _ in range(8)]
    beneath_one = [make_comment(reply_to=one).pk for _ in range(3)]  # said last, read first

    response = client.get(top.page.url)

    assert comments_on(response) == [top.pk, one.pk, *beneath_one, two.pk, *beneath_two[:5]]
    (more,) = links_of(response, f"thread={top.pk}")
    assert more.endswith(f"#comment-{beneath_two[4]}")
    assert "3 more replies" in visible_text(response)
    rest = client.get(top.page.url + more.partition("#")[0])
    assert comments_on(rest) == [top.pk, one.pk, *beneath_one, two.pk, *beneath_two]


def test_one_more_reply_is_one(client):
    top = make_comment()
    for _ in range(11):
        make_comment(reply_to=top, by=top.user)

    assert "1 more reply " in visible_text(client.get(top.page.url))


def test_in_reply_to_somebody_leads_to_what_they_said(client):
    deepest = make_comment()
    for name in ("One", "Two", "Three"):
        deepest = make_comment(reply_to=deepest, by=make_user(name=name))
    reply = make_comment(reply_to=deepest)

    response = client.get(deepest.page.url)

    assert f'<a href="/discussion/comment/{deepest.pk}/" dir="auto">Three</a>' in response.content.decode()
    assert (reply.level, reply.parent_id) == (deepest.level, deepest.parent_id)


def test_words_are_rendered_once_and_kept(client):
    comment = make_comment(text="A *word*.")
    Comment.objects.filter(pk=comment.pk).update(html="<p>As it was kept.</p>")

    for address in (comment.page.url, "/discussion/", f"{comment.page.url}feed/"):
        assert "As it was kept." in client.get(address).content.decode()


def test_the_mark_of_an_edit_tells_when(client):
    comment = make_comment()
    moment = timezone.now() + timedelta(minutes=5)
    with time_machine.travel(moment, tick=False):
        comment.edit("Other words.")

    html = client.get(comment.page.url).content.decode()

    edited = re.search(r'class="comment__edited">edited <time datetime="([^"]+)"', html)
    assert abs(timezone.datetime.fromisoformat(edited[1]) - moment) < timedelta(seconds=1)


def test_a_reader_finds_the_feed_of_the_page_and_of_the_site(client):
    page = make_comment().page

    assert f'href="{page.url}feed/"' in client.get(page.url).content.decode()
    assert 'href="/discussion/feed/"' in client.get("/discussion/").content.decode()
