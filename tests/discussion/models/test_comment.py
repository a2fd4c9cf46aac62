"""What a comment says of itself: under which name, in which role, and what stands in its place."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django_comments.models import Comment as PlainComment

from blog.models import Post
from discussion.models import Comment, State
from discussion.text.markdown import RENDERER_VERSION
from pagecache.models import Version
from tests.support.comments import make_comment, make_guest_comment
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_member_is_shown_under_the_name_of_the_account_as_it_is_now():
    comment = make_comment(by=make_user(name="Ada Plover", email="ada@example.org"), user_name="Once Said")

    assert (comment.name, comment.initials, comment.author_email) == ("Ada Plover", "AP", "ada@example.org")


def test_a_guest_is_shown_under_the_name_they_gave():
    comment = make_guest_comment(name="Grace Heron", email="grace@example.org")

    assert comment.name == "Grace Heron"
    assert (comment.initials, comment.author_email) == ("GH", "grace@example.org")


def test_who_left_is_a_former_member():
    assert make_guest_comment(name="").name == "Former member"


def test_a_comment_names_itself_by_number_alone():
    comment = make_comment(text="Secret.", by=make_user(name="Ada Plover"))

    assert str(comment) == f"Comment {comment.pk}"
    assert comment.get_absolute_url() == f"/discussion/comment/{comment.pk}/"


@pytest.mark.parametrize(
    ("speaking_for", "role", "organisation", "line"),
    [
        ("", "Principal", "Teal Valley", "Principal, Teal Valley"),
        ("self", "Principal", "Teal Valley", "Principal, Teal Valley"),
        ("organisation", "Principal", "Teal Valley", "Principal, speaking for Teal Valley"),
        ("organisation", "Principal", "", "Principal"),
        ("organisation", "", "Teal Valley", "speaking for Teal Valley"),
        ("", "", "", ""),
    ],
)
def test_a_role_names_the_organization_and_whether_it_is_spoken_for(speaking_for, role, organisation, line):
    member = make_user(role=role, organisation=organisation)

    assert make_comment(by=member, speaking_for=speaking_for).role == line


def test_a_guest_has_no_role():
    assert make_guest_comment().role == ""


def test_an_excerpt_ends_after_120_characters():
    exactly, longer = make_comment(text="a" * 120), make_comment(text="a" * 121)

    assert exactly.excerpt == "a" * 120
    assert longer.excerpt == "a" * 119 + "…"


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (State.WAITING, "Waiting for a moderator."),
        (State.DELETED, "Deleted by its author."),
        (State.ERASED, "Deleted with its author’s account."),
        (State.REMOVED, "Removed by a moderator."),
        (State.SPAM, "Removed by a moderator."),
    ],
)
def test_where_the_text_is_gone_the_excerpt_says_why(state, text):
    comment = Comment(state=state, comment="")

    assert comment.excerpt == comment.stub_text == text


@pytest.mark.parametrize("state", State)
def test_the_packages_columns_say_what_the_state_says(state):
    comment = make_guest_comment(state=state)

    plain = PlainComment.objects.get(pk=comment.pk)
    assert plain.is_public == (state == State.PUBLISHED)
    assert plain.is_removed == (state in {State.SPAM, State.REMOVED, State.DELETED, State.ERASED})


def test_saving_the_state_alone_saves_the_packages_columns_too():
    comment = make_comment()

    comment.state = State.REMOVED
    comment.save(update_fields=["state"])

    plain = PlainComment.objects.get(pk=comment.pk)
    assert (plain.is_public, plain.is_removed) == (False, True)


def test_saving_another_column_alone_saves_no_other():
    comment = make_comment(text="As written.")
    PlainComment.objects.filter(pk=comment.pk).update(is_public=False)

    comment.comment, comment.pinned = "Not saved.", True
    comment.save(update_fields=["pinned"])

    saved = Comment.objects.get()
    assert (saved.comment, saved.pinned, saved.is_public) == ("As written.", True, False)


def test_a_new_comment_is_rendered_and_belongs_to_its_page_and_site():
    comment = make_comment(text="A *word*.")

    saved = Comment.objects.get()
    assert (saved.html, saved.renderer_version) == ("<p>A <em>word</em>.</p>", RENDERER_VERSION)
    assert saved.content_type == ContentType.objects.get_for_model(Post)
    assert (saved.object_pk, saved.site_id) == (str(comment.page_id), settings.SITE_ID)


def test_a_comment_that_was_rendered_already_is_saved_as_it_is():
    comment = make_comment(text="A *word*.", html="<p>Kept.</p>", renderer_version=RENDERER_VERSION)

    assert Comment.objects.get(pk=comment.pk).html == "<p>Kept.</p>"


@pytest.mark.parametrize("state", [State.WAITING, State.UNCONFIRMED])
def test_a_new_comment_that_nobody_may_read_takes_no_place_and_leaves_the_version(state):
    opening = make_comment()
    Version.objects.all().delete()

    comment = make_guest_comment(reply_to=opening, state=state)

    assert Comment.objects.get(pk=comment.pk).order == 0
    assert not Version.objects.exists()


def test_saving_again_neither_renders_nor_moves_anything():
    opening = make_comment()
    reply = make_comment(reply_to=opening)
    Version.objects.all().delete()

    reply.comment = "Changed without edit()."
    reply.save()

    saved = Comment.objects.get(pk=reply.pk)
    assert (saved.order, saved.comment) == (2, "Changed without edit().")
    assert "Changed" not in saved.html
    assert not Version.objects.exists()


def test_the_packages_own_receiver_is_not_connected():
    from django.db.models.signals import pre_save

    names = {receiver.__name__ for receiver in pre_save._live_receivers(Comment)[0]}

    assert "publish_or_unpublish_on_pre_save" not in names


def test_the_database_knows_no_other_state():
    comment = make_comment()

    with pytest.raises(Exception, match="comment_state_is_known"), connection.constraint_checks_disabled():
        Comment.objects.filter(pk=comment.pk).update(state="nonsense")


def test_a_members_name_is_never_made_from_the_address():
    comment = make_comment(by=make_user(name="", email="superintendent.smith@example.org"))

    assert comment.name == f"Member {comment.user_id}"
    assert "smith" not in str(comment)
