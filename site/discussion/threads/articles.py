"""The article of a comment: a function of all that it shows, and so kept until something of that changes.

Plain functions instead of a template: a page holds hundreds of articles, and a
template spends six times as long on each.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache, partial
from typing import NamedTuple

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext, pgettext

from accounts.profile.avatars import initials
from discussion.text.anchors import Passage
from pagecache import fragments
from publishing.templatetags.times import machine_time

EMPTY = SafeString("")


class ReaderMarks(NamedTuple):
    """What a comment is to its reader; all false for somebody who is not signed in."""

    is_member: bool = False
    is_own: bool = False
    is_editable: bool = False
    is_unread: bool = False
    has_reacted: bool = False


class RepliedTo(NamedTuple):
    pk: int
    name: str


class Article(NamedTuple):
    """All that the article shows. Readers to whom the comment is the same share one.

    ``html`` and ``addendum_html`` are safe already; everything else is escaped.
    ``speaks_for`` is the verified organization in whose name it is written, or empty.
    """

    pk: int
    name: str
    website: str
    written_at: datetime
    edited_at: datetime | None
    html: str
    addendum_html: str
    addendum_at: datetime | None
    role: str
    organisation: str
    speaks_for: str
    is_verified: bool
    is_staff: bool
    is_pinned: bool
    is_published: bool
    takes_replies: bool
    useful_count: int
    in_reply_to: RepliedTo | None
    passage: Passage | None
    confirmation: str
    marks: ReaderMarks


def article_html(article: Article) -> SafeString:
    """Return the article, rendered or from the cache."""
    return fragments.render(("comment", *article), partial(render_article, article))


def render_article(article: Article) -> SafeString:
    return format_html(
        '<article class="comment__card{card_class}" aria-labelledby="comment-{pk}-by">\n'
        "{notices}{header}\n{context}{passage}"
        '<div class="comment__text prose" dir="auto">{text}</div>\n{addendum}{actions}</article>\n',
        card_class="" if article.is_published else " comment__card--waiting",
        pk=article.pk,
        notices=_notices(article),
        header=_header(article),
        context=_context(article),
        passage=_passage(article),
        text=mark_safe(article.html),  # noqa: S308 - made by text.markdown
        addendum=_addendum(article),
        actions=_actions(article),
    )


def _notices(article: Article) -> SafeString:
    if not article.is_published:
        waiting = gettext("Waiting for a moderator. Only you can see this comment.")
        return format_html('<p class="comment__waiting">{}</p>\n', waiting)
    if article.confirmation:
        return format_html('<p class="comment__confirmation" role="status">{}</p>\n', article.confirmation)
    return EMPTY


def _header(article: Article) -> SafeString:
    return format_html(
        '<header class="comment__header"><span class="badge" aria-hidden="true">{initials}</span>\n'
        '<p class="comment__byline" id="comment-{pk}-by">'
        '<span class="comment__author" dir="auto">{author}</span>{labels}</p>\n{role}'
        '<p class="comment__when"><a href="/discussion/comment/{pk}/">{written_at}</a>{edited}</p></header>',
        initials=initials(article.name),
        pk=article.pk,
        author=_author(article),
        labels=_labels(article),
        role=_role(article),
        written_at=_time(article.written_at),
        edited=_edited(article),
    )


def _author(article: Article) -> str:
    if not article.website:
        return article.name
    return format_html('<a href="{}" rel="nofollow ugc noopener">{}</a>', article.website, article.name)


def _labels(article: Article) -> SafeString:
    labels = EMPTY
    if article.is_staff:
        labels += format_html(' <span class="label label--staff">{}</span>', gettext("Staff"))
    if article.is_pinned:
        labels += format_html(' <span class="label">{}</span>', gettext("Pinned"))
    if article.marks.is_unread:
        labels += format_html(' <span class="label">{}</span>', pgettext("comment", "New"))
    return labels


def _role(article: Article) -> SafeString:
    if not (article.role or article.organisation):
        return EMPTY
    organisation = article.organisation
    if article.speaks_for:
        organisation = gettext("speaking for %(organization)s") % {"organization": article.speaks_for}
    verified = EMPTY
    if article.is_verified:
        verified = format_html(
            ' <span class="comment__verified">{}{}</span>', _icon("check"), gettext("verified")
        )
    separator = ", " if article.role and article.organisation else ""
    return format_html(
        '<p class="comment__role" dir="auto">{}{}{}{}</p>\n', article.role, separator, organisation, verified
    )


def _edited(article: Article) -> SafeString:
    if article.edited_at is None:
        return EMPTY
    return format_html(
        ' <span class="comment__edited">{} {}</span>', gettext("edited"), _time(article.edited_at)
    )


def _context(article: Article) -> SafeString:
    if article.in_reply_to is None:
        return EMPTY
    return format_html(
        '<p class="comment__context">{}{} <a href="/discussion/comment/{}/" dir="auto">{}</a></p>\n',
        _icon("reply"), gettext("In reply to"), article.in_reply_to.pk, article.in_reply_to.name,
    )  # fmt: skip


def _passage(article: Article) -> SafeString:
    if article.passage is None:
        return EMPTY
    return render_to_string("discussion/anchor.html", {"passage": article.passage})


def _addendum(article: Article) -> SafeString:
    if not article.addendum_html:
        return EMPTY
    return format_html(
        '<div class="comment__addendum"><p class="comment__context">{} {}</p>'
        '<div class="comment__text prose" dir="auto">{}</div></div>\n',
        gettext("Added later:"),
        _time(article.addendum_at) if article.addendum_at else "",
        mark_safe(article.addendum_html),  # noqa: S308 - made by text.markdown
    )


def _time(moment: datetime) -> SafeString:
    return format_html(
        '<time datetime="{}" data-relative>{}</time>',
        machine_time(moment),
        date_format(localtime(moment), "DATETIME_FORMAT"),
    )


@cache
def _icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon icon--{name}" aria-hidden="true" focusable="false" width="18" height="18">'
        '<use href="{icons}#{name}"></use></svg>',
        name=name,
        icons=static("icons.svg"),
    )


def _actions(article: Article) -> SafeString:
    """Return the list of what this reader may do; empty where there is nothing for anybody."""
    marks, is_published = article.marks, article.is_published
    if not (is_published or marks.is_member):
        return EMPTY
    actions = EMPTY
    if article.takes_replies:
        actions += _reply_and_quote(article)
    if marks.is_member and is_published and not marks.is_own:
        actions += _useful_button(article)
    elif article.useful_count:
        actions += _useful_count(article.useful_count)
    if marks.is_own:
        # Translators: “Add a note” is for a comment that is too old to be edited.
        edit = gettext("Edit") if marks.is_editable else gettext("Add a note")
        actions += _action(f"/discussion/edit/{article.pk}/", _icon("pencil"), edit)
        actions += _action(f"/discussion/delete/{article.pk}/", _icon("trash"), gettext("Delete"))
    elif is_published:
        what = gettext("what %(name)s wrote") % {"name": article.name}
        # Translators: “Report” is a verb: report the comment to moderators.
        actions += _action(f"/discussion/report/{article.pk}/", EMPTY, gettext("Report"), hidden=what)
    return format_html('<ul class="comment__actions" role="list">\n{}</ul>\n', actions)


def _action(
    url: str, icon: SafeString, label: str, *, hidden: str = "", data: SafeString = EMPTY
) -> SafeString:
    """Return an item with a link; ``hidden`` is heard after the label and not seen."""
    more = format_html('<span class="visually-hidden"> {}</span>', hidden) if hidden else ""
    return format_html(
        '<li><a class="comment__action" href="{}"{} rel="nofollow">{}{}{}</a></li>\n',
        url, data, icon, label, more,
    )  # fmt: skip


def _reply_and_quote(article: Article) -> SafeString:
    url, name = f"/discussion/reply/{article.pk}/", article.name
    to = gettext("to %(name)s") % {"name": name}
    reply = _action(url, _icon("reply"), gettext("Reply"), hidden=to, data=SafeString(" data-reply"))
    # Translators: “Quote” is a verb: reply with this comment quoted.
    label, data = gettext("Quote"), SafeString(" data-quote")
    return reply + _action(f"{url}?quote=1", _icon("quote"), label, hidden=name, data=data)


def _useful_button(article: Article) -> SafeString:
    return format_html(
        '<li><button class="comment__action" form="useful" formaction="/discussion/useful/{}/"'
        ' aria-pressed="{}">{}{} <span data-useful-count>{}</span></button></li>\n',
        article.pk,
        "true" if article.marks.has_reacted else "false",
        _icon("check"),
        # Translators: “Useful” stands on a button with a number: so many members found the comment useful.
        gettext("Useful"),
        article.useful_count or "",
    )


def _useful_count(number: int) -> SafeString:
    text = ngettext("Useful to %(number)s member", "Useful to %(number)s members", number)
    return format_html(
        '<li class="comment__action comment__action--static">{}</li>\n', text % {"number": number}
    )
