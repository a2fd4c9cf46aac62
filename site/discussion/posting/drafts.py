"""What somebody has written and not yet posted, kept while they sign in or out.

A draft lives in the session, which begins at that moment and not before.
"""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.models import Page

from discussion.text import anchors
from discussion.text.markdown import MAX_LENGTH
from discussion.text.submission import Submission

KEY = "discussion.draft"
KEPT = ("name", "email", "url", "comment", "reply_to", "followup", "speaking_for", *anchors.ANCHOR_FIELDS)
MOST = MAX_LENGTH * 2  # characters; longer is refused anyway, but may still be cut down


def keep(request: HttpRequest, page: Page, said: Submission) -> None:
    request.session[KEY] = {"page": page.pk, **{name: said.fields[name][:MOST] for name in KEPT}}


def of(request: HttpRequest, page: Page) -> dict[str, str] | None:
    """Return what this reader was writing under ``page``."""
    draft = request.session.get(KEY)
    if not draft or draft.get("page") != page.pk:
        return None
    return {name: draft.get(name, "") for name in KEPT}


def forget(request: HttpRequest, page: Page) -> None:
    if of(request, page) is not None:
        del request.session[KEY]
