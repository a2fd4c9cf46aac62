"""What a comment says of itself: under which name, in which role, and what stands in its place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone
from django_comments.models import Comment as PlainComment

from blog.models import Post
from discussion.models import Comment, State
from discussion.text.markdown import RENDERER_VERSION
from tests.support.comments import make_comment, make_guest_comment, queries_of
from tests.support.factories import make_post, make_user
from tests.support.page_versions import bumped_discussions, forget_bumps

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
    forget_bumps()

    comment = make_guest_comment(reply_to=opening, state=state)

    assert Comment.objects.get(pk=comment.pk).order == 0
    assert not bumped_discussions()


def test_saving_again_neither_renders_nor_moves_anything():
    opening = make_comment()
    reply = make_comment(reply_to=opening)
    forget_bumps()

    reply.comment = "Changed without edit()."
    reply.save()

    saved = Comment.objects.get(pk=reply.pk)
    assert (saved.order, saved.comment) == (2, "Changed without edit().")
    assert "Changed" not in saved.html
    assert not bumped_discussions()


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


def test_the_comments_of_a_page_come_level_by_level_and_oldest_first():
    top = make_comment(submit_date=timezone.now())
    reply = make_comment(reply_to=top)
    older_top = make_comment(on=top.page, submit_date=timezone.now() - timedelta(days=1))
    make_comment()  # on another page

    assert list(Comment.objects.for_page(top.page)) == [older_top, top, reply]


def test_what_a_member_wrote_is_theirs_also_from_before_they_had_an_account():
    member = make_user(email="ada@example.org")
    EmailAddress.objects.create(user=member, email="Ada@example.org", verified=True)
    EmailAddress.objects.create(user=member, email="unproven@example.org", verified=False)
    own = make_comment(by=member)
    as_guest = make_guest_comment(email="ADA@Example.org")
    make_guest_comment(email="unproven@example.org")
    make_comment(by=make_user(), user_email="ada@example.org")

    assert set(Comment.objects.written_by(member)) == {own, as_guest}


def test_the_comments_of_a_page_that_is_not_public_are_on_no_public_page():
    shown = make_comment()
    make_comment(on=make_post(live=False))

    assert list(Comment.objects.on_public_pages()) == [shown]


def test_each_state_is_found_by_its_name():
    comments = {state: make_guest_comment(state=state) for state in State}

    assert list(Comment.objects.published()) == [comments[State.PUBLISHED]]
    assert list(Comment.objects.waiting()) == [comments[State.WAITING]]
    assert list(Comment.objects.unconfirmed()) == [comments[State.UNCONFIRMED]]


def test_visible_is_what_has_a_place_and_to_its_author_what_waits():
    author = make_user()
    shown = make_comment()
    stub = make_comment()
    stub.remove()
    waiting = make_comment(by=author, state=State.WAITING)
    held = make_comment(by=author)
    held.hold()
    make_comment(by=make_user(), state=State.WAITING)
    make_comment(by=author, state=State.UNCONFIRMED)

    assert set(Comment.objects.visible()) == {shown, stub, held}
    assert set(Comment.objects.visible(to=author)) == {shown, stub, held, waiting}


def test_the_newest_come_first_and_of_two_at_once_the_later_written():
    moment = timezone.now()
    first, second = (make_comment(submit_date=moment) for _ in range(2))
    old = make_comment(submit_date=moment - timedelta(days=1))

    assert list(Comment.objects.newest_first()) == [second, first, old]


def test_authors_come_along_in_the_same_query():
    make_comment(by=make_user(name="Joan Marsh"))

    queries = queries_of(lambda: [comment.name for comment in Comment.objects.with_authors()])

    assert len(queries) == 1


def test_published_comments_are_counted_by_page_in_one_query():
    busy = make_comment().page
    make_comment(on=busy)
    make_comment(on=busy, state=State.WAITING)
    quiet, elsewhere = make_post(), make_comment().page
    counts = {}

    queries = queries_of(lambda: counts.update(Comment.objects.counts_by_page([busy.pk, quiet.pk])))

    assert counts == {busy.pk: 2}
    assert elsewhere.pk not in counts
    assert len(queries) == 1


def test_the_threads_of_comments_are_locked_each_once():
    top = make_comment()
    reply, other = make_comment(reply_to=top), make_comment()

    with transaction.atomic():
        (query,) = queries_of(lambda: Comment.objects.lock_threads([reply, top, other]))

    assert f"IN ({top.pk}, {other.pk})" in query
