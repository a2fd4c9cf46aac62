"""The passage that a comment is about, as its form and its row carry it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from discussion.text.anchors import MAX_PAGE, MAX_QUOTE_LENGTH, Anchor, Passage, anchor_from, attach_passages


def make_row(pk, **fields):
    return SimpleNamespace(
        pk=pk, **{"anchor_edition": None, "anchor_page": None, "anchor_quote": "", "passage": None} | fields
    )


def test_an_anchor_is_read_from_the_fields_it_gives():
    anchor = Anchor(edition=2, page=14, quote="one nurse for three towns")

    assert anchor_from(anchor.fields) == anchor


def test_a_quote_is_one_line_of_limited_length():
    fields = {"anchor_edition": "1", "anchor_page": " 3 ", "anchor_quote": "a\r\n b\x00" + "c" * 600}

    anchor = anchor_from(fields)

    assert anchor.page == 3
    assert anchor.quote.startswith("a bc")
    assert len(anchor.quote) == MAX_QUOTE_LENGTH


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "1.5", "१", "9" * 40, str(MAX_PAGE + 1), None])
def test_without_an_edition_and_a_page_there_is_no_anchor(number):
    assert anchor_from({"anchor_edition": "1", "anchor_page": number}) is None
    assert anchor_from({"anchor_edition": number, "anchor_page": "1"}) is None
    assert anchor_from({}) is None


def test_a_page_describes_the_anchors_of_its_comments_at_once():
    asked = []

    class Page:
        def describe_anchors(self, anchors):
            asked.append(anchors)
            return {1: Passage("Page 3", "/papers/nurses/#page-3")}

    rows = [
        make_row(1, anchor_edition=1, anchor_page=3),
        make_row(2, anchor_edition=9, anchor_page=9),
        make_row(3),
    ]

    attach_passages(Page(), rows)

    assert [row.passage and row.passage.label for row in rows] == ["Page 3", None, None]
    assert asked == [{1: Anchor(1, 3), 2: Anchor(9, 9)}]


def test_a_page_without_anchored_comments_is_not_asked():
    row = make_row(1, passage=Passage("an older one", ""))

    attach_passages(None, [row])

    assert row.passage is None
