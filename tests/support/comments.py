"""Comments in tests: made directly, or posted through the site's own form."""

from __future__ import annotations

import re
from html import unescape
from itertools import count
from urllib.parse import urldefrag

from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from discussion.models import Comment
from discussion.posting import guest_links
from discussion.posting.forms import CommentForm
from tests.support.factories import make_post, make_user

numbers = count(1)


def make_comment(*, on=None, by=None, reply_to=None, text="", **fields):
    """Make a comment that readers see: by a member unless ``user_name`` says it was a guest."""
    on = on or (reply_to.page if reply_to else make_post())
    if by is None and "user_name" not in fields:
        by = make_user()
    text = text or f"We share a nurse with town {next(numbers)}."
    comment = Comment(page=on, user=by, comment=text, reply_to=reply_to, **fields)
    comment.save()
    return comment


def make_guest_comment(*, name="Grace Heron", email="grace@example.org", **fields):
    return make_comment(user_name=name, user_email=email, **fields)


def comment_form_data(page, **fields):
    """Return what a browser would send from the form under ``page``."""
    fields = {key: "" if value is None else value for key, value in fields.items()}
    return {
        "comment": "We share a nurse.",
        "reply_to": "",
        "followup": "",
        "honeypot": "",
        "name": "",
        "email": "",
        "url": "",
        **CommentForm(page).generate_security_data(),
        **fields,
    }


def post_comment(client, page, *, headers=None, **fields):
    return client.post("/discussion/post/", comment_form_data(page, **fields), headers=headers or {})


def post_guest_comment(client, page, *, name="Grace Heron", email="grace@example.org", **fields):
    return post_comment(client, page, name=name, email=email, **fields)


def queries_of(action):
    """Return the statements that ``action`` runs, transactions' own left out."""
    with CaptureQueriesContext(connection) as seen:
        action()
    statements = [query["sql"] for query in seen]
    return [sql for sql in statements if not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]


def confirmation(client, response, *, selector=None):
    """Return the sentence that confirms an action, where its redirect leads; ``selector`` finds it within."""
    path, fragment = urldefrag(response["Location"])
    found = BeautifulSoup(client.get(path).content, "html.parser").find(id=fragment)
    return (found.select_one(selector) if selector else found).get_text().strip()


def visible_text(response):
    """Return what a reader reads, without tags."""
    statements = " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())
    return re.sub(r" ([.,)])", r"\1", statements)


def comment_field(response):
    """Return what stands in the comment field."""
    html = response.content.decode()
    return unescape(re.search(r'<textarea name="comment"[^>]*>\n?(.*?)</textarea>', html, re.S)[1])


def by_link(comment, action=""):
    return guest_links.guest_comment_url(comment).partition(":8000")[2] + action


def change(client, comment, text="Other words.", **more):
    address = more.pop("at", f"/discussion/edit/{comment.pk}/")
    return client.post(address, {"comment": text, **more})


def about(edition, page=1, quote=""):
    return {"anchor_edition": edition.number, "anchor_page": page, "anchor_quote": quote}
