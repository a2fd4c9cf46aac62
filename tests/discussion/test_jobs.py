"""What is tidied up from time to time in the discussion."""

from __future__ import annotations

import pytest

from discussion.jobs import rerender
from discussion.models import Comment, State
from tests.support.comments import make_comment

pytestmark = pytest.mark.django_db


def test_what_waits_for_a_moderator_is_rendered_anew_and_what_was_removed_is_not():
    waiting = make_comment(text="A *word*.", state=State.WAITING)
    removed = make_comment(text="A *word*.", state=State.REMOVED)
    Comment.objects.update(renderer_version=0, html="<p>old</p>")

    assert rerender() == 1

    assert Comment.objects.get(pk=waiting.pk).html == "<p>A <em>word</em>.</p>"
    assert Comment.objects.get(pk=removed.pk).html == "<p>old</p>"
