"""What readers see of a talk, and that everybody without a session sees the same bytes."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest

from discussion.models import State
from tests.support.comments import make_comment, make_guest_comment, visible_text
from tests.support.factories import make_post, make_user

pytestmark = pytest.mark.django_db


def comments_on(response):
    return [
        int(pk)
        for pk in re.findall(r'<li class="comment[^"]*" id="comment-(\d+)"', response.content.decode())
    ]


def is_well_nested(html):
    """Say whether every list and item of the thread is closed where it should be."""
    thread = html[html.index('<ol class="thread"') : html.index('<section class="reply"')]
    open_tags = []
    for closing, tag in re.findall(r"<(/?)(ol|li|article|nav)\b", thread):
        if not closing:
            open_tags.append(tag)
        elif not open_tags or open_tags.pop() != tag:
            return False
    return not open_tags


def test_an_anonymous_page_sets_no_cookie_prints_no_token_and_is_the_same_twice(client):
    post = make_comment().page

    once, twice = client.get(post.url), client.get(post.url)

    assert once.content == twice.content
    assert not once.cookies
    assert not client.cookies
    assert b"csrf" not in once.content
    assert once["Cache-Control"].startswith("public")
    assert once["ETag"] == twice["ETag"]


@pytest.mark.parametrize(
    "path", ["/discussion/reply/{pk}/", "/discussion/reply/{pk}/form/", "/discussion/", "/discussion/feed/"]
)
def test_the_other_pages_one_reads_are_the_same_for_everyone_too(client, path):
    address = path.format(pk=make_comment().pk)

    once, twice = client.get(address), client.get(address)

    assert once.status_code == HTTPStatus.OK
    assert once.content == twice.content
    assert b"csrf" not in once.content
    assert not once.cookies


def test_nothing_on_the_page_runs_or_styles_inline_or_asks_another_host(client):
    html = client.get(make_guest_comment(user_url="https://heron.example.org").page.url).content.decode()
    discussion = html[html.index('id="discussion"') :]

    assert not re.search(r"<[^>]+\s(on\w+|hx-on\S*|style)=", discussion)
    assert not re.search(r"<script(?![^>]*\ssrc=)", discussion)
    assert not re.search(r'(src|srcset)="(https?:)?//', discussion)


def test_the_form_has_every_field_by_its_name(client):
    html = client.get(make_post().url).content.decode()
    form = html[
        html.index('<form id="comment-form"') : html.index("</form>", html.index('<form id="comment-form"'))
    ]

    assert 'method="post" action="/discussion/post/"' in form
    names = {
        "name",
        "email",
        "url",
        "comment",
        "reply_to",
        "followup",
        "remember",
        "honeypot",
        "content_type",
        "object_pk",
        "timestamp",
        "security_hash",
        "preview",
    }
    assert set(re.findall(r'name="(\w+)"', form)) == names
    assert int(re.search(r'name="timestamp" value="(\d+)"', form)[1]) % 3600 == 0
    assert re.search(r'<button[^>]+formaction="/discussion/sign-in/google/"[^>]*formnovalidate', form)


def test_a_page_without_comments_asks_for_the_first(client):
    assert "No comments yet." in visible_text(client.get(make_post().url))


def test_a_closed_discussion_stays_readable_and_has_no_form(client):
    comment = make_comment(on=make_post(comments_open=False), text="Still here.")

    response = client.get(comment.page.url)

    assert "Still here." in visible_text(response)
    assert "This discussion is closed." in visible_text(response)
    assert b"comment-form" not in response.content
    assert b"/discussion/reply/" not in response.content


def test_oldest_first_unless_newest_is_asked_for_and_replies_stay_beneath(client):
    first = make_comment()
    second = make_comment(on=first.page)
    reply = make_comment(reply_to=first)

    oldest, newest = client.get(first.page.url), client.get(f"{first.page.url}?order=newest")

    assert comments_on(oldest) == [first.pk, reply.pk, second.pk]
    assert comments_on(newest) == [second.pk, first.pk, reply.pk]
    assert is_well_nested(oldest.content.decode())


def test_twenty_top_comments_a_page(client):
    post, by = make_post(), make_user()
    comments = [make_comment(on=post, by=by).pk for _ in range(45)]

    pages = [comments_on(client.get(f"{post.url}?talk={number}")) for number in (1, 2, 3, 99)]

    assert pages == [comments[:20], comments[20:40], comments[40:], comments[40:]]
    assert 'rel="next"' in client.get(post.url).content.decode()


def test_ten_replies_are_shown_at_first_and_the_rest_at_the_threads_own_address(client):
    opening = make_comment()
    replies = [make_comment(reply_to=opening, by=opening.user).pk for _ in range(14)]

    folded = client.get(opening.page.url)
    more = re.search(r'href="(\?[^"#]+)#[^"]*">\s*4 more replies', folded.content.decode())[1].replace(
        "&amp;", "&"
    )
    unfolded = client.get(f"{opening.page.url}{more}")

    assert comments_on(folded) == [opening.pk, *replies[:10]]
    assert comments_on(unfolded) == [opening.pk, *replies]


def test_a_thread_of_hundreds_is_read_in_parts_and_says_whom_each_answers(client):
    opening = make_comment()
    chain = make_comment(reply_to=opening, by=make_user(name="First Answer"))
    for _ in range(205):
        last = make_comment(reply_to=chain, by=opening.user)

    second = client.get(f"{opening.page.url}?talk=1&thread={opening.pk}&part=2")

    assert comments_on(second)[0] == opening.pk
    assert comments_on(second)[-1] == last.pk
    assert len(comments_on(second)) == 7
    assert "In reply to First Answer" in visible_text(second)
    assert is_well_nested(second.content.decode())


def test_a_reply_beyond_the_deepest_level_says_whom_it_answers(client):
    deepest = make_comment()
    for name in ("One", "Two", "Three"):
        deepest = make_comment(reply_to=deepest, by=make_user(name=name))

    make_comment(reply_to=deepest)

    response = client.get(deepest.page.url)
    assert visible_text(response).count("In reply to Three") == 1
    assert is_well_nested(response.content.decode())


@pytest.mark.parametrize(
    ("action", "stub_text"),
    [
        ("remove", "Removed by a moderator."),
        ("mark_as_spam", "Removed by a moderator."),
        ("delete_by_author", "Deleted by its author."),
        ("erase", "Deleted with its author’s account."),
        ("hold", "Waiting for a moderator."),
    ],
)
def test_a_comment_that_was_taken_away_leaves_a_stub_only_above_what_is_shown(client, action, stub_text):
    opening = make_comment(text="Words that went.", by=make_user(name="Gone Person"))
    reply = make_comment(reply_to=opening)
    if action == "erase":
        opening.state = State.PUBLISHED
    getattr(opening, action)()

    above = client.get(opening.page.url)
    reply.remove(rule=2)
    alone = client.get(opening.page.url)

    assert comments_on(above) == [opening.pk, reply.pk]
    assert stub_text in visible_text(above)
    assert "Words that went." not in visible_text(above)
    assert "Gone Person" not in visible_text(above)
    assert "1 comment" in visible_text(above)
    assert comments_on(alone) == []


def test_a_stub_names_the_house_rule(client):
    opening = make_comment()
    make_comment(reply_to=opening)

    opening.remove(rule=3)

    assert "Removed by a moderator. House rule 3" in visible_text(client.get(opening.page.url))


def test_only_its_writer_sees_a_comment_that_waits(client):
    waiting = make_comment(text="Held back.", state=State.WAITING)
    url = waiting.page.url
    assert "Held back." not in visible_text(client.get(url))

    client.force_login(make_user())
    assert "Held back." not in visible_text(client.get(url))

    client.force_login(waiting.user)
    assert "Only you can see this comment. " in visible_text(client.get(url))
    assert "Held back." in visible_text(client.get(url))


def test_unconfirmed_words_are_on_no_page(client):
    guest = make_guest_comment(text="Not confirmed.", state=State.UNCONFIRMED)

    for address in (guest.page.url, "/discussion/", "/discussion/feed/", f"{guest.page.url}feed/", "/"):
        assert b"Not confirmed." not in client.get(address).content


def test_a_guest_of_the_discussion_is_shown_by_name_never_by_address(client):
    guest = make_guest_comment(
        name="Grace Heron", email="grace.secret@example.org", user_url="https://heron.example.org/"
    )

    for address in (
        guest.page.url,
        "/discussion/",
        "/discussion/feed/",
        f"{guest.page.url}feed/",
        f"/discussion/reply/{guest.pk}/",
    ):
        html = client.get(address).content.decode()
        assert "Grace Heron" in html
        assert "secret" not in html
    assert (
        '<a href="https://heron.example.org/" rel="nofollow ugc noopener">Grace Heron</a>'
        in client.get(guest.page.url).content.decode()
    )
