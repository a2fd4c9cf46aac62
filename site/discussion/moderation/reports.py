"""Readers' reports: saving them, and holding a comment that several members report."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from discussion.models import Comment, DiscussionSettings, Report, State
from discussion.models.comment_state import HoldReason, TransitionError
from discussion.moderation.emails import notify_moderators


@transaction.atomic
def report(comment: Comment, *, by: User | None, rule: int = 0, text: str = "") -> None:
    """Save a report; the first notifies moderators, and enough of them by different members hold the comment.

    A second one by the same member adds nothing. A guest's report is saved, but
    doesn't count: guests can't be told apart.
    """
    fields = {"rule": rule, "text": text}
    # One after the other: of two last reports at once, one has to see the other.
    list(Comment.objects.order_by().select_for_update(no_key=True).filter(pk=comment.pk).values_list("pk"))
    is_first = not Report.objects.open().filter(comment=comment).exists()
    if by is None:
        Report.objects.create(comment=comment, **fields)
    else:
        Report.objects.get_or_create(comment=comment, by=by, resolved_at=None, defaults=fields)
    threshold = DiscussionSettings.for_page(comment.page).reports_to_hold
    by_members = Report.objects.open().filter(comment=comment).exclude(by=None)
    number = by_members.values("by").distinct().count()
    if threshold and number >= threshold and comment.state == State.PUBLISHED:
        hold(comment)
    elif is_first:
        notify_moderators(comment)


def hold(comment: Comment) -> None:
    """Hide a comment because of its reports, and notify moderators."""
    with suppress(TransitionError):
        comment.hold(reason=HoldReason.REPORTS)
        log(instance=comment, action="discussion.hold", data={"because": HoldReason.REPORTS.value})
        notify_moderators(comment)
