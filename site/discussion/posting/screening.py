"""Holding a new comment, or refusing it, as the house has decided."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from discussion.models import Ban, Comment, DiscussionSettings
from discussion.models.comment_state import HoldReason
from discussion.models.settings import non_blank_lines
from discussion.text.blocklists import extract_links, find_blocked_domain, find_blocked_word
from public_forms.rejection import Rejected

NO_PAGE = _("There is no discussion here that you can take part in. The page may have been withdrawn.")
CLOSED = _("This discussion is closed. It can be read, but takes no more comments.")
NOT_TAKEN = _("This comment cannot be taken.")
BANNED = _("You cannot comment here at present. The house rules say to whom you can write about it.")
WORD = _("“%(word)s” is not taken here. Put it in other words and post it again.")
DOMAIN = _("Links and addresses of %(domain)s are not taken here. Leave it out and post it again.")


def check_open(page: Page) -> None:
    if not page.takes_comments:
        raise Rejected(HTTPStatus.FORBIDDEN, CLOSED)


def judge(comment: Comment) -> str:
    """Return which rule lets ``comment`` wait, or nothing. Raises Rejected for what is not taken at all.

    Those who moderate are held by nothing.
    """
    if comment.user_id is not None and comment.user.has_perm("discussion.moderate_comment"):
        return ""
    kinds = {ban.kind for ban in Ban.objects.against_author(comment)}
    if Ban.Kind.REFUSE in kinds:
        raise Rejected(HTTPStatus.FORBIDDEN, BANNED)
    rules = DiscussionSettings.for_page(comment.page)
    refuse_listed(comment, rules)
    if Ban.Kind.MODERATE in kinds:
        return HoldReason.WATCHED
    return screening_hold_reason(comment, rules)


def refuse_listed(comment: Comment, rules: DiscussionSettings) -> None:
    if word := find_blocked_word(all_said(comment), non_blank_lines(rules.reject_words)):
        raise Rejected(HTTPStatus.UNPROCESSABLE_ENTITY, WORD % {"word": word})
    addresses = [*all_links(comment), comment.user_url, comment.author_email]
    if domain := find_blocked_domain(addresses, non_blank_lines(rules.reject_domains)):
        raise Rejected(HTTPStatus.UNPROCESSABLE_ENTITY, DOMAIN % {"domain": domain})


def screening_hold_reason(comment: Comment, rules: DiscussionSettings) -> str:
    if rules.hold == rules.Hold.EVERYBODY:
        return HoldReason.EVERYBODY
    if find_blocked_word(all_said(comment), non_blank_lines(rules.hold_words)):
        return HoldReason.WORDS
    if len(all_links(comment)) > rules.max_links:
        return HoldReason.LINKS
    if rules.hold == rules.Hold.NEWCOMERS and is_newcomer(comment, rules):
        return HoldReason.NEWCOMER
    return ""


def all_said(comment: Comment) -> str:
    return f"{comment.comment}\n{comment.addendum}\n{comment.user_name}"


def all_links(comment: Comment) -> list[str]:
    return extract_links(f"{comment.html}{comment.addendum_html}")


def is_newcomer(comment: Comment, rules: DiscussionSettings) -> bool:
    """Say whether too few of the writer's comments were published; a guest is known by their address."""
    if comment.user_id is not None:
        said = Comment.objects.published().filter(user_id=comment.user_id)
    else:
        said = Comment.objects.published().filter(user_email__iexact=comment.user_email)
    return said.order_by()[: rules.approvals_needed].count() < rules.approvals_needed


def before_it_is_taken(sender: Any, comment: Comment, **more: Any) -> None:
    """Let the rules have their say; called for every comment that comes through a door of ours."""
    if not comment.renderer_version:
        comment.render()
    comment.hold_reason = judge(comment)
    if comment.hold_reason:
        comment.is_public = False


def look_again(comment: Comment) -> None:
    """Let a comment wait that would be held or refused today, whatever held when it was written."""
    try:
        because = judge(comment)
    except Rejected:
        because = HoldReason.RULES
    if was_ended(comment):
        because = because or HoldReason.RULES
    if because and not comment.needs_review:
        comment.needs_review, comment.hold_reason = True, because
        comment.save(update_fields=["needs_review", "hold_reason"])


def was_ended(comment: Comment) -> bool:
    """Say whether the talk, or the thread, takes nothing more."""
    is_locked = Comment.objects.filter(pk=comment.thread_id, locked=True).exists()
    return is_locked or not comment.page.specific.takes_comments
