"""What becomes of a discussion when its page, a person or a comment goes, is copied or moved."""

from __future__ import annotations

import json

import pytest
from django.db.models import ProtectedError
from django_comments.models import Comment as PlainComment
from wagtail.models import Page

from accounts.privacy import registry
from blog.models import Post, PostIndex
from discussion.models import Appeal, Ban, Comment, ModeratorNote, Report, State
from discussion.models.moderation import hash_address
from discussion.models.thread_position import xtd_rows
from discussion.threads.integrity import check_integrity
from home.models import HomePage
from papers.models import PaperIndex
from search.models import Entry
from tests.support.comments import make_comment, make_guest_comment, visible_text
from tests.support.factories import make_post, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _every_thread_is_whole():
    yield
    report = check_integrity()
    assert report.is_clean, report


def test_with_a_page_go_its_comments_and_those_of_no_other():
    run_on_commit, opening = make_comment(), make_comment()
    make_comment(reply_to=opening)

    opening.page.delete()

    assert list(Comment.objects.all()) == [run_on_commit]
    assert PlainComment.objects.count() == xtd_rows.count() == 1


def test_with_a_page_go_the_comments_of_the_pages_beneath_it():
    make_comment(on=make_post())

    Page.objects.get(pk=PostIndex.objects.get().pk).delete()

    assert not Comment.objects.exists()
    assert not PlainComment.objects.exists()


def test_the_comments_of_a_page_that_went_are_found_no_more_and_cost_one_update_however_many(run_on_commit):
    with run_on_commit():
        opening = make_comment(text="Heliotrope buses.")
        make_comment(reply_to=opening, text="Heliotrope vans.")
    entries = Entry.objects.filter(text__contains="Heliotrope")
    assert entries.count() == 2

    with run_on_commit() as afterwards:
        opening.page.delete()

    assert not entries.exists()
    assert len([hook for hook in afterwards if hook.__qualname__ != "Publication.publish_or_log"]) < 2


def test_an_unpublished_page_keeps_its_discussion_and_shows_it_again_when_it_is_back(client):
    comment = make_comment(text="Still here.")

    comment.page.specific.unpublish()
    hidden = client.get(comment.page.url).status_code
    Post.objects.get(pk=comment.page_id).save_revision().publish()

    assert hidden == 404
    assert "Still here." in visible_text(client.get(comment.page.url))


def test_a_copy_of_a_page_begins_without_a_discussion(client):
    comment = make_comment(text="Said of the first one.")

    copy = comment.page.copy(update_attrs={"slug": "a-copy", "title": "A copy"})

    assert not Comment.objects.filter(page_id=copy.pk).exists()
    assert list(Comment.objects.filter(page_id=comment.page_id)) == [comment]
    assert "Said of the first one." not in visible_text(client.get(copy.url))


def test_a_page_takes_its_discussion_along_when_it_moves(client):
    comment = make_comment(text="I come along.")
    reply = make_comment(reply_to=comment)

    comment.page.move(HomePage.objects.get(), pos="last-child")

    moved = Post.objects.get(pk=comment.page_id)
    assert moved.url == f"/{moved.slug}/"
    assert "I come along." in visible_text(client.get(moved.url))
    assert client.get(f"/discussion/comment/{reply.pk}/")["Location"].startswith(moved.url)


@pytest.mark.parametrize(
    "delete",
    [lambda user: user.delete(), lambda user: type(user).objects.filter(pk=user.pk).delete(), registry.erase],
    ids=["one", "many", "on request"],
)
def test_with_an_account_go_its_words_and_the_answers_of_others_stay(delete):
    author = make_user(name="Joan Marsh")
    opening = make_comment(by=author)
    reply = make_comment(reply_to=opening, text="An answer.")

    delete(author)

    opening.refresh_from_db()
    assert (opening.name, opening.user, opening.comment) == ("Former member", None, "")
    assert opening.state == State.ERASED
    assert Comment.objects.get(pk=reply.pk).comment == "An answer."


def test_erasing_a_person_takes_name_words_and_address_and_leaves_the_answers_of_others(client):
    author = make_user(name="Joan Marsh", email="joan@example.org")
    opening = make_comment(by=author, text="Joan's own words.")
    make_comment(reply_to=opening, text="An answer to them.")
    lone = make_comment(on=opening.page, by=author, text="Joan alone.")

    registry.erase(author)

    words = visible_text(client.get(opening.page.url))
    assert "An answer to them." in words
    assert "Deleted with its author’s account." in words
    for gone in ("Joan", "joan@example.org"):
        assert gone not in words
        assert gone not in json.dumps(list(PlainComment.objects.values()), default=str)
    assert Comment.objects.get(pk=lone.pk).state == State.ERASED


def test_with_a_person_goes_what_they_told_moderators_and_what_was_noted_of_them():
    author, other = make_user(), make_comment()
    comment = make_comment(by=author)
    Report.objects.create(comment=other, by=author, rule=1, text="I find this rude.")
    Appeal.objects.create(comment=comment, text="I meant well.")
    ModeratorNote.objects.create(comment=comment, text="Second warning.")
    Ban.objects.create(kind=Ban.Kind.REFUSE, user=author, address_hash=hash_address(author.email))
    before = registry.export(author)["reports and appeals"]

    registry.erase(author)

    assert before["reports"][0]["text"] == "I find this rude."
    assert before["appeals"][0]["text"] == "I meant well."
    assert not any(kind.objects.exists() for kind in (Report, Appeal, ModeratorNote))
    assert Ban.objects.get().address_hash == hash_address(author.email)


def test_deleting_a_comment_nobody_answered_closes_the_gap_it_leaves():
    opening = make_comment()
    first, second = make_comment(reply_to=opening), make_comment(reply_to=opening)

    first.delete()

    assert xtd_rows.get(pk=second.pk).order == 2
    assert xtd_rows.get(pk=opening.pk).nested_count == 1
    assert make_comment(reply_to=opening).order == 3


def test_a_comment_that_was_answered_can_be_removed_but_not_deleted():
    opening = make_comment()
    first = make_comment(reply_to=opening)
    deep = first
    for _ in range(3):
        deep = make_comment(reply_to=deep)

    for answered in (opening, first, Comment.objects.get(pk=deep.reply_to_id)):
        with pytest.raises(ProtectedError):
            answered.delete()

    assert Comment.objects.count() == 5
    opening.remove(rule=1)


def test_deleting_a_waiting_comment_changes_nothing_else():
    opening = make_comment()
    waiting = make_guest_comment(reply_to=opening, state=State.UNCONFIRMED)

    waiting.delete()

    assert list(Comment.objects.all()) == [opening]


def test_papers_end_in_the_same_way():
    from tests.support.factories import make_paper

    make_comment(on=make_paper())

    Page.objects.get(pk=PaperIndex.objects.get().pk).delete()

    assert not PlainComment.objects.exists()
