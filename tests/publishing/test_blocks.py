"""The blocks of a page's body."""

from __future__ import annotations

import pytest

from publishing.blocks import player_url
from tests.support.factories import make_post

pytestmark = pytest.mark.django_db
TEXT = "<p>Every <b>November</b> I&nbsp;ask.</p><p>We can manage two.</p><h2>How</h2><p>Later.</p>"


@pytest.mark.parametrize(
    ("url", "player"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://youtu.be/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1"),
        ("https://vimeo.com/76979871/../evil", ""),
        ("https://www.youtube.com/watch?v=%22%3E%3Cscript%3E", ""),
        ("https://example.org/watch?v=dQw4w9WgXcQ", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_only_known_players_are_embedded(url, player):
    assert player_url(url) == player


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
