"""The article of a comment: that it shows all it is given, safely, and is rendered once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.utils.safestring import SafeString

from discussion.text.anchors import Passage
from discussion.threads.articles import Article, ReaderMarks, RepliedTo, article_html, render_article
from pagecache import fragments

ARTICLE = Article(
    pk=7,
    name="Ada Plover",
    website="https://example.org/",
    written_at=datetime(2026, 10, 6, 12, tzinfo=UTC),
    edited_at=datetime(2026, 10, 7, 12, tzinfo=UTC),
    html="<p>We share a nurse.</p>",
    addendum_html="<p>Two nurses by now.</p>",
    addendum_at=datetime(2026, 10, 8, 12, tzinfo=UTC),
    role="Principal",
    organisation="Teal Valley",
    speaks_for="",
    is_verified=False,
    is_staff=False,
    is_pinned=False,
    is_published=True,
    takes_replies=True,
    useful_count=2,
    in_reply_to=RepliedTo(3, "Quill Feather"),
    passage=Passage("On p. 4", "/papers/x/read/4/", "a nurse"),
    confirmation="",
    marks=ReaderMarks(),
)
OTHER = {
    "pk": 8,
    "name": "Bo Plover",
    "website": "",
    "written_at": datetime(2026, 11, 6, 12, tzinfo=UTC),
    "edited_at": None,
    "html": "<p>We share a bus.</p>",
    "addendum_html": "",
    "addendum_at": datetime(2026, 11, 8, 12, tzinfo=UTC),
    "role": "",
    "organisation": "",
    "speaks_for": "Teal Valley",
    "is_verified": True,
    "is_staff": True,
    "is_pinned": True,
    "is_published": False,
    "takes_replies": False,
    "useful_count": 1,
    "in_reply_to": None,
    "passage": None,
    "confirmation": "Comment saved.",
    "marks": ReaderMarks(is_member=True),
}


@pytest.fixture(autouse=True)
def _none_kept():
    fragments.clear()


def text_of(html):
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


def test_an_article_reads_in_order():
    assert text_of(render_article(ARTICLE)) == (
        "AP Ada Plover Principal, Teal Valley Oct. 6, 2026, 8 a.m. edited Oct. 7, 2026, 8 a.m. "
        "In reply to Quill Feather On p. 4: a nurse We share a nurse. "
        "Added later: Oct. 8, 2026, 8 a.m. Two nurses by now. "
        "Reply to Ada Plover Quote Ada Plover Useful to 2 members Report what Ada Plover wrote"
    )


@pytest.mark.parametrize("field", Article._fields)
def test_every_value_changes_the_article_and_none_is_kept_for_another(field):
    changed = ARTICLE._replace(**{field: OTHER[field]})

    kept = [article_html(ARTICLE), article_html(changed), article_html(ARTICLE), article_html(changed)]

    assert kept == [render_article(ARTICLE), render_article(changed)] * 2
    assert kept[0] != kept[1]


@pytest.mark.parametrize("mark", ReaderMarks._fields[1:])
def test_every_mark_of_a_reader_changes_the_article(mark):
    own = mark == "is_editable"
    plain = ReaderMarks(is_member=True, is_own=own)

    articles = [ARTICLE._replace(marks=marks) for marks in (plain, plain._replace(**{mark: True}))]

    assert article_html(articles[0]) != article_html(articles[1])


USEFUL, REPORT = "Useful to 2 members", "Report what Ada Plover wrote"


@pytest.mark.parametrize(
    ("marks", "actions"),
    [
        (ReaderMarks(), [USEFUL, REPORT]),
        (ReaderMarks(is_member=True), ["Useful 2", REPORT]),
        (ReaderMarks(is_member=True, is_own=True, is_editable=True), [USEFUL, "Edit", "Delete"]),
        (ReaderMarks(is_member=True, is_own=True), [USEFUL, "Add a note", "Delete"]),
    ],
)
def test_readers_are_offered_what_they_may_do(marks, actions):
    soup = BeautifulSoup(render_article(ARTICLE._replace(marks=marks)), "html.parser")

    items = [text_of(str(item)) for item in soup.select(".comment__actions li")]
    assert items == ["Reply to Ada Plover", "Quote Ada Plover", *actions]


def test_a_comment_that_waits_offers_its_author_no_reply_and_no_report():
    waiting = ARTICLE._replace(
        is_published=False, takes_replies=False, useful_count=0, marks=ReaderMarks(True, True, True)
    )
    soup = BeautifulSoup(render_article(waiting), "html.parser")

    assert "Only you can see this comment." in soup.select_one(".comment__card--waiting").get_text()
    assert [item.get_text(strip=True) for item in soup.select(".comment__actions li")] == ["Edit", "Delete"]
    assert "actions" not in render_article(waiting._replace(marks=ReaderMarks()))


def test_an_article_with_nothing_but_a_text_has_no_empty_parts():
    bare = ARTICLE._replace(
        website="", edited_at=None, addendum_html="", role="", organisation="", useful_count=0,
        in_reply_to=None, passage=None,
    )  # fmt: skip

    assert text_of(render_article(bare)) == (
        "AP Ada Plover Oct. 6, 2026, 8 a.m. We share a nurse. "
        "Reply to Ada Plover Quote Ada Plover Report what Ada Plover wrote"
    )
    soup = BeautifulSoup(render_article(bare), "html.parser")
    assert [tag for tag in soup.find_all(["p", "span", "div"]) if not tag.get_text(strip=True)] == []


@pytest.mark.parametrize("field", ["name", "role", "organisation", "speaks_for", "website", "confirmation"])
def test_what_people_write_is_escaped(field):
    html = render_article(ARTICLE._replace(**{field: SafeString("<i>").replace("i", 'b"&')}))

    assert "&lt;b&quot;&amp;&gt;" in html
    assert '<b"' not in html
    answered = ARTICLE._replace(in_reply_to=RepliedTo(3, "<i>"), passage=Passage("<i>", "", "<i>"))
    assert "<i>" not in render_article(answered)
