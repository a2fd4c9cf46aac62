"""What follows from readers' reports."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from discussion.models import Comment, DiscussionSettings, Report, State
from discussion.models.comment_state import HoldReason
from discussion.models.transitions import TransitionError
from discussion.moderation.asking import ask_moderators


@transaction.atomic
def report(comment: Comment, *, by: User | None, rule: int = 0, words: str = "") -> None:
    """Keep a report; moderators hear of the first, and enough of them by different members hold the comment.

    A second one by the same member adds nothing. A guest's report is read, and
    never counted: guests can't be told apart.
    """
    kept = {"rule": rule, "text": words}
    # One after the other: of two last reports at once, one has to see the other.
    list(Comment.objects.order_by().select_for_update(no_key=True).filter(pk=comment.pk).values_list("pk"))
    is_first = not Report.objects.open().filter(comment=comment).exists()
    if by is None:
        Report.objects.create(comment=comment, **kept)
    else:
        Report.objects.get_or_create(comment=comment, by=by, resolved_at=None, defaults=kept)
    enough = DiscussionSettings.for_page(comment.page).reports_to_hold
    told = Report.objects.open().filter(comment=comment).exclude(by=None).values("by").distinct().count()
    if enough and told >= enough and comment.state == State.PUBLISHED:
        hold(comment)
    elif is_first:
        ask_moderators(comment)


def hold(comment: Comment) -> None:
    """Take a comment from its page because of its reports, and ask the moderators."""
    with suppress(TransitionError):
        comment.hold(reason=HoldReason.REPORTS)
        log(instance=comment, action="discussion.hold", data={"because": HoldReason.REPORTS.value})
        ask_moderators(comment)
