"""How the comments of a thread hang together, and that a kept article never shows what no longer holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from accounts.models import Affiliation, Organisation, User
from discussion.models import Comment, Reaction, ReadMarker, State
from discussion.models.thread_position import xtd_rows
from discussion.threads.articles import Article, ReaderMarks
from discussion.threads.outline import OutlineItem
from discussion.threads.reader_state import ReaderState
from discussion.threads.rows import Confirmation, article_of, layout, rows_html, stub_html
from discussion.threads.thread_page import ThreadPage
from discussion.threads.tree import build_tree, descendants
from pagecache import fragments, versions
from tests.discussion.threads.test_author_badges import make_verified
from tests.support.comments import make_comment
from tests.support.factories import make_paper, make_user
from tests.support.paper_files import make_edition

pytestmark = pytest.mark.django_db

NOBODY = {"takes_replies": True, "is_member": False, "confirmation": None}


def rows_of(*comments, chosen=None, left_out=()):
    """Lay out one thread of unsaved comments, given as number, parent, and what it answers."""
    items = [OutlineItem(pk, parent, answers, True, True) for pk, parent, answers in comments]
    top = build_tree(items)[0]
    nodes = [node for node in [top, *descendants(top)] if chosen is None or node.comment.pk in chosen]
    known = {pk: Comment(pk=pk) for pk, *_ in comments if pk not in left_out}
    return list(layout(nodes, known))


def outline_of(rows):
    return [(row.comment.pk, row.depth, row.opens, len(row.closes), row.is_leaf) for row in rows]


def test_lists_open_and_close_around_the_rows():
    assert outline_of(rows_of((1, None, None))) == [(1, 0, False, 0, True)]
    assert outline_of(rows_of((1, None, None), (2, 1, 1), (3, 2, 2), (4, 3, 3), (5, 1, 1), (6, 5, 5))) == [
        (1, 0, False, 0, False),
        (2, 1, True, 0, False),
        (3, 2, True, 0, False),
        (4, 3, True, 2, True),
        (5, 1, False, 0, False),
        (6, 2, True, 1, True),
    ]


def test_a_reply_whose_parent_is_on_another_part_hangs_from_the_top_and_says_whom_it_answers():
    rows = rows_of((1, None, None), (2, 1, 1), (3, 2, 2), (4, 3, 3), chosen={1, 3, 4})

    assert [row.depth for row in rows] == [0, 1, 2]
    assert [row.in_reply_to and row.in_reply_to.pk for row in rows] == [None, 2, None]


def test_a_reply_beside_what_it_answers_says_whom_unless_that_is_gone():
    comments = (1, None, None), (2, 1, 1), (3, 1, 2)

    assert [row.in_reply_to and row.in_reply_to.pk for row in rows_of(*comments)] == [None, None, 2]
    assert rows_of(*comments, left_out={2})[1].in_reply_to is None
    known = {1: Comment(pk=1), 2: Comment(pk=2, state=State.REMOVED), 3: Comment(pk=3)}
    top = build_tree([OutlineItem(pk, parent, answers, True, True) for pk, parent, answers in comments])[0]
    assert [row.in_reply_to for row in layout([top, *descendants(top)], known)] == [None, None, None]


def test_what_was_deleted_meanwhile_leaves_no_gap():
    rows = rows_of((1, None, None), (2, 1, 1), (3, 2, 2), (4, 1, 1), left_out={2})

    assert outline_of(rows) == [(1, 0, False, 0, False), (3, 1, True, 0, True), (4, 1, False, 0, True)]


def row_of(comment, *, reader=None):
    """Return the row of a comment as its page shows it now."""
    versions.bump(f"discussion/{comment.page_id}")
    state = ReaderState.load(reader, comment.page)
    threads = ThreadPage(comment.page.specific, params={}, reader_state=state).threads
    return next(row for thread in threads for row in thread.rows if row.comment.pk == comment.pk)


def html_of(comment, *, reader=None, **options):
    row = row_of(comment, reader=reader)
    return rows_html([row], **(NOBODY | {"is_member": reader is not None} | options))


def test_the_lists_of_a_thread_are_all_closed_but_those_of_its_top():
    top = make_comment()
    child = make_comment(reply_to=top)
    make_comment(reply_to=child)
    make_comment(reply_to=top)
    (thread,) = ThreadPage(top.page, params={}, reader_state=ReaderState()).threads

    html = rows_html(thread.rows, **NOBODY)

    assert html.count('<li class="comment"') == 4
    assert html.count("<ol") - html.count("</ol>") == 1
    soup = BeautifulSoup(html, "html.parser")
    assert [len(item.find_parents("ol")) for item in soup.select("li.comment")] == [0, 1, 2, 1]


def test_a_stub_says_why_and_names_the_rule_it_broke():
    assert "House rule 2" in stub_html(Comment(pk=5, state=State.REMOVED, rule=2))
    assert BeautifulSoup(stub_html(Comment(pk=5, state=State.DELETED)), "html.parser").get_text().strip() == (
        "Deleted by its author."
    )


def test_a_confirmation_stands_at_the_comment_that_it_is_about():
    comment = make_comment()

    assert "Comment published." in html_of(
        comment, confirmation=Confirmation(comment.pk, "Comment published.")
    )
    assert "published." not in html_of(
        comment, confirmation=Confirmation(comment.pk + 1, "Comment published.")
    )


@pytest.fixture
def everything():
    """Return a comment that shows all that an article can show, with what it hangs from, and its reader."""
    paper = make_paper()
    for number in (1, 2):
        make_edition(paper, number=number)
    top = make_comment(on=paper, by=make_user(name="Quill Feather"))
    author = make_verified()
    User.objects.filter(pk=author.pk).update(organisation="As stated")
    comment = make_comment(
        reply_to=top, by=author, user_url="https://example.org/", edited_at=timezone.now(), pinned=True,
        is_staff_comment=True, useful_count=2, speaking_for="organisation", addendum="Later.",
        addendum_at=timezone.now(), anchor_edition=1, anchor_page=2, anchor_quote="a nurse",
    )  # fmt: skip
    beside = make_comment(reply_to=make_comment(reply_to=comment), by=author)
    Comment.objects.filter(pk=beside.pk).update(submit_date=timezone.now() - timedelta(days=1))
    xtd_rows.filter(pk=beside.pk).update(parent_id=top.pk, level=1)
    return {"comment": comment, "beside": beside, "author": author, "top": top}


def update(comment, **fields):
    Comment.objects.filter(pk=comment.pk).update(**fields)


LATER = timezone.now() + timedelta(days=3)
# One change for every field of the article that the database decides, and what else may change beside it.
CHANGES = {
    "name": lambda all_: User.objects.filter(pk=all_["author"].pk).update(name="Another Name"),
    "website": lambda all_: update(all_["comment"], user_url="https://example.com/"),
    "written_at": lambda all_: update(all_["comment"], submit_date=LATER),
    "edited_at": lambda all_: update(all_["comment"], edited_at=LATER),
    "html": lambda all_: update(all_["comment"], html="<p>Another text</p>"),
    "addendum_html": lambda all_: update(all_["comment"], addendum_html="<p>Another</p>"),
    "addendum_at": lambda all_: update(all_["comment"], addendum_at=LATER),
    "role": lambda all_: User.objects.filter(pk=all_["author"].pk).update(role="Principal"),
    "organisation, speaks_for": lambda all_: Organisation.objects.update(name="Another one"),
    "speaks_for": lambda all_: update(all_["comment"], speaking_for="self"),
    "is_verified, organisation, speaks_for": lambda all_: Affiliation.objects.all().delete(),
    "is_staff": lambda all_: update(all_["comment"], is_staff_comment=False),
    "is_pinned": lambda all_: update(all_["comment"], pinned=False),
    "useful_count": lambda all_: update(all_["comment"], useful_count=3),
    "passage": lambda all_: update(all_["comment"], anchor_quote="two nurses"),
}


@pytest.mark.parametrize("is_member", [False, True])
@pytest.mark.parametrize("fields", CHANGES)
def test_a_kept_article_shows_every_change_at_once(everything, fields, is_member):
    comment, reader = everything["comment"], make_user() if is_member else None
    before, article = html_of(comment, reader=reader), article_of(row_of(comment, reader=reader), **NOBODY)

    CHANGES[fields](everything)

    kept, changed = html_of(comment, reader=reader), article_of(row_of(comment, reader=reader), **NOBODY)
    fragments.clear()
    assert kept == html_of(comment, reader=reader) != before
    differing = {name for name in Article._fields if getattr(article, name) != getattr(changed, name)}
    assert differing - {"marks"} == set(fields.split(", "))  # a later comment is also new to a member


def test_a_kept_article_shows_at_once_who_is_answered(everything):
    beside, answered = everything["beside"], everything["beside"].reply_to
    before = html_of(beside)
    assert answered.name in before

    User.objects.filter(pk=answered.user_id).update(name="Another Name")

    assert "Another Name" in html_of(beside)
    assert answered.name not in html_of(beside)


def test_a_kept_article_shows_at_once_what_it_is_to_its_reader(everything):
    comment, reader = everything["comment"], make_user()
    ReadMarker.objects.mark_read(reader, comment.page, timezone.now() + timedelta(days=1))
    seen = [html_of(comment), html_of(comment, reader=reader)]

    Reaction.objects.create(comment=comment, member=reader)
    seen.append(html_of(comment, reader=reader))
    ReadMarker.objects.mark_read(reader, comment.page, comment.submit_date - timedelta(days=1))
    seen.append(html_of(comment, reader=reader))
    seen.append(html_of(comment, reader=everything["author"]))
    update(comment, submit_date=timezone.now() - timedelta(days=9))
    seen.append(html_of(comment, reader=everything["author"]))

    assert len(set(seen)) == 6
    assert [html.count('aria-pressed="true"') for html in seen] == [0, 0, 1, 1, 0, 0]
    assert [">New<" in html for html in seen] == [False, False, False, True, False, False]
    assert ["Edit</a>" in html for html in seen] == [False, False, False, False, True, False]
    assert "Add a note</a>" in seen[-1]


def test_a_kept_article_shows_at_once_whether_it_takes_replies(everything):
    comment = everything["comment"]

    assert "Reply" in html_of(comment)
    assert "Reply" not in html_of(comment, takes_replies=False)


def test_members_to_whom_a_comment_is_the_same_share_its_article(everything):
    comment = everything["comment"]
    articles = [
        article_of(row_of(comment, reader=make_user()), takes_replies=True, is_member=True, confirmation=None)
        for _ in range(2)
    ]

    assert articles[0] == articles[1]
    assert articles[0].marks == ReaderMarks(is_member=True)
