"""What a post begins with, where it is announced at length."""

from __future__ import annotations

import pytest

from tests.support.factories import make_post

TEXT = "<p>Every <b>November</b> I&nbsp;ask.</p><p>We can manage two.</p><h2>How</h2><p>Later.</p>"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ([("text", TEXT)], "Every November I ask. We can manage two."),
        ([("text", "<h2>First a heading</h2><p>Then words.</p>")], ""),
        ([("pull_quote", {"words": "We kept our school.", "by": ""}), ("text", TEXT)], ""),
        ([], ""),
    ],
    ids=["paragraphs up to a heading", "a heading", "a quote", "nothing"],
)
def test_a_post_opens_with_its_first_paragraphs(db, body, words):
    assert make_post(body=body).opening == words


def test_the_front_page_lets_the_newest_post_begin(db, client):
    make_post(title="What we share", body=[("text", TEXT)])

    page = client.get("/").content.decode()

    assert "Every November I ask. We can manage two." in page
    assert "Later." not in page
