"""What the form answers: the member’s form, previews, and comments that are held."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from django.test import Client

from discussion.models import Comment, State
from pagecache import fragments
from tests.support.comments import (
    comment_field,
    post_comment,
    post_guest_comment,
    visible_text,
)
from tests.support.factories import make_post, make_user

pytestmark = pytest.mark.django_db


def test_a_members_form_asks_for_no_name_and_prints_a_token(client):
    client.force_login(make_user(name="Joan Marsh"))

    html = client.get(make_post().url).content.decode()
    form = html[html.index('<form id="comment-form"') :]

    assert 'name="csrfmiddlewaretoken"' in form
    assert not re.search(r'name="(name|email|url)"', form)
    assert form.count('formaction="/discussion/sign-out/"') == 2
    assert "sign-in" not in form


def test_a_member_can_post_under_no_other_name(client):
    client.force_login(make_user(name="Joan Marsh", email="joan@example.org"))

    post_comment(
        client,
        make_post(),
        name="Superintendent Smith",
        email="smith@example.org",
        url="https://evil.example",
    )

    comment = Comment.objects.get()
    assert (comment.name, comment.author_email, comment.user_name, comment.user_email, comment.user_url) == (
        "Joan Marsh",
        "joan@example.org",
        "",
        "",
        "",
    )


@pytest.mark.parametrize("who", ["guest", "member"])
def test_a_preview_shows_the_comment_and_keeps_the_text(client, who):
    if who == "member":
        client.force_login(make_user())

    response = post_comment(
        client, make_post(), comment="A *word*\n\n<script>x</script>", preview="1", name="Grace"
    )

    html = response.content.decode()
    assert response.status_code == HTTPStatus.OK
    assert "<p>A <em>word</em></p>" in html
    assert html.index('id="preview"') < html.index('id="comment-form"')
    assert comment_field(response) == "A *word*\n\n<script>x</script>"
    assert not Comment.objects.exists()


def test_a_preview_of_nothing_says_so(client):
    assert "Enter a comment." in visible_text(post_comment(client, make_post(), comment=" ", preview="1"))


def test_a_comment_that_a_listener_holds_leads_to_the_waiting_page(client):
    from django_comments.signals import comment_will_be_posted

    def hold(comment, **signal):
        comment.is_public = False

    comment_will_be_posted.connect(hold, sender=Comment)
    client.force_login(make_user())

    response = post_comment(client, make_post())

    assert response["Location"] == "/discussion/waiting/"
    assert Comment.objects.get().state == State.WAITING


def test_a_guest_that_a_listener_holds_waits_after_confirming(client):
    from django_comments.signals import comment_will_be_posted

    from discussion.posting.guest_links import confirm_token

    def hold(comment, **signal):
        comment.is_public = False

    comment_will_be_posted.connect(hold, sender=Comment)
    post_guest_comment(client, make_post())

    response = client.post(f"/discussion/confirm/{confirm_token(Comment.objects.get())}/")

    assert response["Location"] == "/discussion/waiting/"
    assert Comment.objects.get().state == State.WAITING


def test_a_form_that_is_kept_for_strangers_is_that_of_its_page():
    client, posts = Client(), [make_post(), make_post()]
    fragments.clear()  # another test may have had a page of the same number

    responses = [client.get(post.url) for post in (*posts, *posts)]

    rendered = [[template.name for template in response.templates] for response in responses]
    assert ["discussion/form.html" in names for names in rendered] == [True, True, False, False]
    for post, response in zip((*posts, *posts), responses, strict=True):
        html = response.content.decode()
        assert re.findall(r'name="object_pk" value="([^"]*)"', html) == [str(post.pk)]


def test_a_form_that_knows_its_reader_is_kept_for_nobody():
    post, member, stranger = make_post(), Client(), Client()
    member.force_login(make_user(name="Joan Marsh"))
    stranger.get(post.url)

    forms = [
        one.get(post.url).content.decode().partition("<form id=")[2] for one in (member, stranger, member)
    ]

    assert ["Joan Marsh" in form for form in forms] == [True, False, True]
    assert ["csrfmiddlewaretoken" in form for form in forms] == [True, False, True]
