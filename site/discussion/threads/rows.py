"""The comments of a thread one after the other: where each hangs, and the HTML they make together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from accounts.affiliation.badges import AuthorBadge
from discussion.models import Comment
from discussion.threads.articles import Article, ReaderMarks, RepliedTo, article_html
from discussion.threads.outline import OutlineItem
from discussion.threads.tree import Node, depths

LIST = SafeString('<ol class="thread" role="list">\n')


class Confirmation(NamedTuple):
    """What is said at one comment, right after its author did something."""

    pk: int  # of the comment
    text: str | Promise


@dataclass
class CommentRow:
    """One comment as it is laid out: a list opens before it, ``closes`` lists end after it."""

    comment: Comment
    shown: bool
    depth: int
    in_reply_to: Comment | None
    has_replies: bool = False
    badge: AuthorBadge | None = None
    is_own: bool = False
    is_editable: bool = False
    is_unread: bool = False
    has_reacted: bool = False
    opens: bool = False
    closes: range = field(default_factory=lambda: range(0))
    is_leaf: bool = True


def layout(nodes: list[Node[OutlineItem]], comments: dict[int, Comment]) -> Iterator[CommentRow]:
    """Yield the rows of a thread, its top first; ``comments`` are the comments by their numbers.

    A reply whose parent isn't among ``nodes`` hangs from the top, and says whom it answers.
    """
    top = nodes[0].comment.pk
    nodes = [node for node in nodes if node.comment.pk in comments]
    here = {node.comment.pk for node in nodes}
    deep = depths(nodes)
    for index, node in enumerate(nodes):
        item, depth = node.comment, deep[index]
        following = deep[index + 1] if index + 1 < len(deep) else 0
        hangs_from = item.parent_id if item.parent_id in here else top
        replied_to = comments.get(item.reply_to_id) if item.reply_to_id not in (None, hangs_from) else None
        yield CommentRow(
            comment=comments[item.pk],
            shown=item.shown,
            depth=depth,
            in_reply_to=replied_to if replied_to and replied_to.is_shown else None,
            opens=index > 0 and deep[index - 1] < depth,
            closes=range(depth - max(following, 1)),
            is_leaf=following <= depth,
        )


def rows_html(
    rows: Iterable[CommentRow], *, takes_replies: bool, is_member: bool, confirmation: Confirmation | None
) -> SafeString:
    """Return the rows of one thread as list items, each with the list of its replies.

    The item of the top comment, and the list of its replies if it has any, are left open.
    """
    parts: list[str] = []
    for row in rows:
        if row.opens:
            parts.append(LIST)
        if row.shown:
            article = article_of(
                row, takes_replies=takes_replies, is_member=is_member, confirmation=confirmation
            )
            parts += [
                format_html('<li class="comment" id="comment-{}">\n', article.pk),
                article_html(article),
            ]
        else:
            parts.append(stub_html(row.comment))
        if row.depth and row.is_leaf:
            parts.append("</li>\n")
        parts += ["</ol></li>\n"] * len(row.closes)
    return mark_safe("".join(parts))  # noqa: S308 - each part is safe


def article_of(
    row: CommentRow, *, takes_replies: bool, is_member: bool, confirmation: Confirmation | None
) -> Article:
    """Return all that the article of a comment shows to this reader."""
    comment, badge, answered = row.comment, row.badge, row.in_reply_to
    is_verified = badge is not None and badge.verified
    speaks_for = comment.speaking_for == Comment.SpeaksFor.ORGANISATION and is_verified
    return Article(
        pk=comment.pk,
        name=comment.name,
        website=comment.user_url or "",
        written_at=comment.submit_date,
        edited_at=comment.edited_at,
        html=comment.html,
        addendum_html=comment.addendum_html,
        addendum_at=comment.addendum_at,
        role=badge.role if badge else "",
        organisation=badge.organisation if badge else "",
        speaks_for=badge.organisation if badge and speaks_for else "",
        is_verified=is_verified,
        is_staff=comment.is_staff_comment,
        is_pinned=comment.pinned,
        is_published=comment.is_shown,
        takes_replies=takes_replies and comment.is_shown,
        useful_count=comment.useful_count,
        in_reply_to=RepliedTo(answered.pk, answered.name) if answered else None,
        passage=comment.passage,
        confirmation=str(confirmation.text) if confirmation and confirmation.pk == comment.pk else "",
        marks=ReaderMarks(is_member, row.is_own, row.is_editable, row.is_unread, row.has_reacted),
    )


def stub_html(comment: Comment) -> SafeString:
    """Return the item of a comment of which only its place is left."""
    rule: str = SafeString("")
    if comment.rule:
        label = gettext("House rule %(number)s") % {"number": comment.rule}
        rule = format_html(' <a href="/house-rules/">{}</a>', label)
    return format_html(
        '<li class="comment comment--stub" id="comment-{}"><p class="comment__stub">{}{}</p>\n',
        comment.pk, comment.stub_text, rule,
    )  # fmt: skip
