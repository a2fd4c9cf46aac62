"""What the comment form sent, made fit to be kept and shown again."""

from __future__ import annotations

import pytest

from discussion.text.submission import Submission, quote

pytestmark = pytest.mark.django_db


def test_line_ends_are_not_broken_characters():
    submission = Submission.from_post({"comment": "one\r\ntwo\rthree\n\tfour"})

    assert not submission.had_unprintable
    assert submission.comment == "one\ntwo\nthree\n\tfour"


@pytest.mark.parametrize(("text", "as_quote"), [("a", "> a\n\n"), ("a\n\nb", "> a\n>\n> b\n\n"), ("", "\n")])
def test_every_line_of_a_quote_is_marked(text, as_quote):
    assert quote(text) == as_quote
