"""What has to be tidied up from time to time."""

from __future__ import annotations

from contextlib import suppress

from django.utils import timezone

from discussion.models import Comment
from discussion.models.comment_state import TransitionError
from discussion.models.editing import READABLE
from discussion.posting.guest_links import CONFIRM_MAX_AGE
from discussion.text import markdown

BATCH_SIZE = 500


def delete_unconfirmed() -> int:
    """Delete the comments whose guests never followed the link; return how many. Safe to repeat."""
    late = Comment.objects.unconfirmed().filter(submit_date__lt=timezone.now() - CONFIRM_MAX_AGE)
    number = late.count()
    late.delete()
    return number


def rerender() -> int:
    """Render what an older renderer made, so many at a time; return how many. Safe to repeat.

    What was taken away, or waits for its writer, is rendered when it is next saved.
    """
    older = Comment.objects.filter(
        renderer_version__lt=markdown.RENDERER_VERSION, state__in=READABLE
    ).order_by("pk")
    done = 0
    for comment in older[:BATCH_SIZE]:
        with suppress(TransitionError):  # taken away in this moment
            comment.rerender()
            done += 1
    return done
