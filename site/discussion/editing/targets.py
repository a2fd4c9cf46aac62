"""Whose comment a request is about, and what its author may still do with it."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from discussion.models import Comment, State
from discussion.posting import guest_links
from discussion.threads.locations import get_comment_or_404, get_commentable_page
from public_forms.rejection import RejectedError
from public_forms.responses import current_member
from public_forms.signed_links import LinkExpiredError

NOT_SIGNED_IN = _("Sign in to edit or delete your comment.")
NOT_AUTHOR = _("You can only edit or delete your own comments.")
GONE = _("This comment has been deleted or removed.")
LINK_EXPIRED = _(
    "This link has expired: it was valid for one year. Contact us if you want the comment deleted."
)


@dataclass
class EditableTarget:
    """A comment and the page it is on; ``token`` is that of a guest's link, empty for a member."""

    comment: Comment
    page: Page
    token: str = ""

    def __post_init__(self) -> None:
        has_replies = self.comment.has_published_replies()
        self.can_edit = self.comment.can_edit(has_replies=has_replies)
        self.can_add_addendum = self.comment.can_add_addendum(has_replies=has_replies)

    @property
    def context(self) -> dict[str, Any]:
        return {
            "comment": self.comment,
            "page": self.page,
            "token": self.token,
            "can_edit": self.can_edit,
            "can_add_addendum": self.can_add_addendum,
        }


def member_target(request: HttpRequest, pk: int) -> EditableTarget:
    """Return a member's own comment; rejects anybody else's with 403."""
    comment, reader = get_comment_or_404(pk), current_member(request)
    if reader is None or comment.user_id != reader.pk:
        raise RejectedError(HTTPStatus.FORBIDDEN, NOT_AUTHOR if reader else NOT_SIGNED_IN)
    return editable_target(request, comment)


def guest_target(request: HttpRequest, token: str) -> EditableTarget:
    """Return a guest's comment; raises Http404 for a forged link, rejects an expired one with 410."""
    try:
        comment = guest_links.comment_from_token(token)
    except LinkExpiredError:
        raise RejectedError(HTTPStatus.GONE, LINK_EXPIRED) from None
    if comment is None:
        raise Http404
    return editable_target(request, comment, token)


def editable_target(request: HttpRequest, comment: Comment, token: str = "") -> EditableTarget:
    """Rejects a comment that is gone with 410."""
    page = get_commentable_page(request, comment.page_id)
    if State(comment.state).is_gone:
        raise RejectedError(HTTPStatus.GONE, GONE)
    return EditableTarget(comment, page, token)
