"""A comment that is written and not yet posted, kept in the session while its author signs in or out.

The session begins at that moment and not before. It lasts two weeks, the draft in it a day: the next
person at the same browser must not find for long what another has left, perhaps with name and address.
"""

from __future__ import annotations

import time
from datetime import timedelta

from django.http import HttpRequest
from wagtail.models import Page

from discussion.text import anchors
from discussion.text.markdown import MAX_LENGTH
from discussion.text.submission import Submission

KEY = "discussion.draft"
FIELDS = ("name", "email", "url", "comment", "reply_to", "followup", "speaking_for", *anchors.ANCHOR_FIELDS)
MAX_DRAFT_LENGTH = MAX_LENGTH * 2  # characters; too long to post, but it may still be shortened

MAX_AGE = timedelta(days=1)


def save(request: HttpRequest, page: Page, submission: Submission) -> None:
    fields = {name: submission.fields[name][:MAX_DRAFT_LENGTH] for name in FIELDS}
    request.session[KEY] = {"page": page.pk, "saved_at": time.time(), **fields}


def load(request: HttpRequest, page: Page) -> dict[str, str] | None:
    """Return this reader's draft of a comment on ``page``."""
    draft = request.session.get(KEY)
    if not draft or draft.get("page") != page.pk:
        return None
    if time.time() - draft.get("saved_at", 0) > MAX_AGE.total_seconds():
        return None
    return {name: draft.get(name, "") for name in FIELDS}


def delete(request: HttpRequest, page: Page) -> None:
    if load(request, page) is not None:
        del request.session[KEY]
