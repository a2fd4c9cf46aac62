"""The tag by which a page shows its discussion, and the one that shows the comments of a thread."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.models import Page

from accounts.models import User
from discussion.models.thread_position import version_name
from discussion.posting.responses import form_context, new_form, parent_of
from discussion.threads.reader_state import ReaderState
from discussion.threads.rows import Confirmation, rows_html
from discussion.threads.thread_page import Thread, ThreadPage
from pagecache import fragments
from pagecache.dependencies import covered_by
from public_forms.responses import current_member

register = template.Library()


@register.simple_tag(takes_context=True)
def discussion(context: template.Context, page: Page) -> SafeString:
    """Show the discussion of ``page`` and the comment form; nothing for a page that isn't saved yet."""
    request = context.get("request")
    if request is None or page.pk is None:
        return SafeString("")
    with covered_by(version_name(page.pk), instead_of="comments"):
        return render_discussion(request, page)


def render_discussion(request: HttpRequest, page: Page) -> SafeString:
    is_preview = getattr(request, "is_preview", False)
    reader_state = ReaderState() if is_preview else ReaderState.load(current_member(request), page)
    comments = ThreadPage(page, params=request.GET, reader_state=reader_state)
    shown: dict[str, Any] = {
        "page": page,
        "comments": comments,
        "reader_state": reader_state,
    }
    if page.takes_comments and not is_preview:
        form = new_form(request, page, badge=comments.reader_badge)
        fields = form_context(request, form, reply_to=parent_of(form))
        shown |= {"form_html": form_html(request, fields), "proof_max_age": fields["proof_max_age"]}
    return render_to_string("discussion/discussion.html", shown, request=request)


def form_html(request: HttpRequest, fields: dict[str, Any]) -> SafeString:
    """Return the form; kept for strangers, to whom it is the same but for the page and the hour."""
    render = partial(render_to_string, "discussion/form.html", fields, request=request)
    is_prefilled = bool(fields["form"].initial.keys() - fields["security_fields"].keys())
    if fields["author"] or fields["has_session"] or is_prefilled:
        return render()
    security = tuple(fields["security_fields"].items())
    return fragments.render(
        ("discussion/form.html", security, tuple(fields["provider_buttons"]), fields["proof_max_age"]), render
    )


@register.simple_tag
def thread_rows(
    thread: Thread, *, takes_comments: bool, is_member: User | None, confirmation: Confirmation | None
) -> SafeString:
    """Show the comments of a thread; takes what thread.html takes."""
    locked = thread.rows[0].comment.locked
    return rows_html(
        thread.rows,
        takes_replies=takes_comments and not locked,
        is_member=is_member is not None,
        confirmation=confirmation,
    )
