"""Holding a new or changed comment for a moderator, or rejecting it, as the discussion's settings say."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from discussion.models import Ban, Comment, DiscussionSettings
from discussion.models.comment_state import HoldReason
from discussion.models.settings import non_blank_lines
from discussion.text.blocklists import extract_links, find_blocked_domain, find_blocked_word
from public_forms.rejection import RejectedError

NO_DISCUSSION = _("You can’t comment on this page. It may have been unpublished or moved.")
CLOSED = _("This discussion is closed. You can read it, but not add comments.")
NOT_ACCEPTED = _("We can’t accept this comment.")
BANNED = _("You can’t comment at the moment. The house rules say whom to contact about this.")
BLOCKED_WORD = _("Comments with “%(word)s” are not accepted here. Please rephrase yours and post it again.")
BLOCKED_DOMAIN = _(
    "Links and e-mail addresses at %(domain)s are not accepted here. "
    "Please remove them and post your comment again."
)


def check_open(page: Page) -> None:
    """Reject a comment on a page whose discussion is closed."""
    if not page.takes_comments:
        raise RejectedError(HTTPStatus.FORBIDDEN, CLOSED)


def check_signal_responses(responses: Iterable[tuple[Any, Any]]) -> None:
    """Reject a comment to which a listener of ``comment_will_be_posted`` said False."""
    if any(response is False for _receiver, response in responses):
        raise RejectedError(HTTPStatus.FORBIDDEN, NOT_ACCEPTED)


def on_comment_will_be_posted(sender: Any, comment: Comment, **more: Any) -> None:
    """Screen every comment that comes in through a form of ours, new or changed."""
    if not comment.renderer_version:
        comment.render()
    comment.hold_reason = screen(comment)
    if comment.hold_reason:
        comment.is_public = False


def screen(comment: Comment) -> str:
    """Return why ``comment`` is held for a moderator, empty for not at all; rejects what nobody wants.

    Moderators' own comments are never held.
    """
    try:
        reason = _screen(comment)
    except RejectedError:
        if is_by_moderator(comment):
            return ""
        raise
    return "" if reason and is_by_moderator(comment) else reason


def is_by_moderator(comment: Comment) -> bool:
    """Asked last, since it is two queries and most comments are neither held nor rejected."""
    return comment.user is not None and comment.user.has_perm("discussion.moderate_comment")


def _screen(comment: Comment) -> str:
    kinds = {ban.kind for ban in Ban.objects.against_author(comment)}
    if Ban.Kind.REFUSE in kinds:
        raise RejectedError(HTTPStatus.FORBIDDEN, BANNED)
    settings = DiscussionSettings.for_page(comment.page)
    reject_blocklisted(comment, settings)
    if Ban.Kind.MODERATE in kinds:
        return HoldReason.WATCHED
    return hold_reason(comment, settings)


def reject_blocklisted(comment: Comment, settings: DiscussionSettings) -> None:
    if word := find_blocked_word(full_text(comment), non_blank_lines(settings.reject_words)):
        raise RejectedError(HTTPStatus.UNPROCESSABLE_ENTITY, BLOCKED_WORD % {"word": word})
    addresses = [*all_links(comment), comment.user_url, comment.author_email]
    if domain := find_blocked_domain(addresses, non_blank_lines(settings.reject_domains)):
        raise RejectedError(HTTPStatus.UNPROCESSABLE_ENTITY, BLOCKED_DOMAIN % {"domain": domain})


def hold_reason(comment: Comment, settings: DiscussionSettings) -> str:
    """Return which of the settings holds ``comment``; empty for none."""
    if settings.hold == settings.Hold.EVERYBODY:
        return HoldReason.EVERYBODY
    if find_blocked_word(full_text(comment), non_blank_lines(settings.hold_words)):
        return HoldReason.WORDS
    if len(all_links(comment)) > settings.max_links:
        return HoldReason.LINKS
    if settings.hold == settings.Hold.NEWCOMERS and is_newcomer(comment, settings):
        return HoldReason.NEWCOMER
    return ""


def full_text(comment: Comment) -> str:
    return f"{comment.comment}\n{comment.addendum}\n{comment.user_name}"


def all_links(comment: Comment) -> list[str]:
    return extract_links(f"{comment.html}{comment.addendum_html}")


def is_newcomer(comment: Comment, settings: DiscussionSettings) -> bool:
    """Say whether too few of the author's comments were published; a guest is known by their address."""
    if comment.user_id is not None:
        published = Comment.objects.published().filter(user_id=comment.user_id)
    else:
        published = Comment.objects.published().filter(user_email__iexact=comment.user_email)
    return published.order_by()[: settings.approvals_needed].count() < settings.approvals_needed


def rescreen(comment: Comment) -> None:
    """Hold a comment that would be held or rejected today, whatever held when it was written."""
    try:
        reason = screen(comment)
    except RejectedError:
        reason = HoldReason.RULES
    if is_closed(comment):
        reason = reason or HoldReason.RULES
    if reason and not comment.needs_review:
        comment.needs_review, comment.hold_reason = True, reason
        comment.save(update_fields=["needs_review", "hold_reason"])


def is_closed(comment: Comment) -> bool:
    """Say whether the discussion, or the thread of ``comment``, takes no more comments."""
    is_locked = Comment.objects.filter(pk=comment.thread_id, locked=True).exists()
    return is_locked or not comment.page.specific.takes_comments
