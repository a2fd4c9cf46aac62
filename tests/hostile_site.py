"""A site in which hostile words stand wherever words can stand, and every door at which they can be said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests import crowd
from tests.site_runner import RunningSite

POST, PAPER = "/blog/the-deadline-moved/", "/papers/building-capacity-in-small-districts/"
TOO_LONG = "x" * 10_001  # so that a form refuses them, and shows them again
CSRF = "a" * 32

# Runs inside the site. A comment is planted as no form would let it in, waiting words and a removal besides.
PLANT = """
import json
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from accounts.models import User
from blog.models import Post
from discussion import letters, moderating, own_links
from discussion.forms import CommentForm
from discussion.groups import grant
from discussion.models import Appeal, Comment, Note, Report
from discussion.words import printable
from papers.models import Paper
from django.urls import reverse

post, paper = Post.objects.get(slug=POST.split("/")[2]), Paper.objects.get(slug=PAPER.split("/")[2])
planted, links = [], []
for number, words in enumerate(map(printable, WORDS)):
    about = {"comment": words, "anchor_edition": 1, "anchor_page": 1, "anchor_quote": words[:500]}
    guest = {"user_name": words[:50], "user_email": f"g{number}@example.org", "user_url": words[:200]}
    user = User.objects.create_user(f"m{number}.{len(WORDS)}@example.org", name=words[:100])
    User.objects.filter(pk=user.pk).update(role=words[:120], organisation=words[:200])
    comment = Comment(page=paper, addendum=words, **about, **guest)
    comment.save()
    Comment(page=paper, user=user, reply_to=comment, speaking_for="organisation", **about).save()
    waiting = Comment(page=paper, state="unconfirmed", **about, **guest)
    waiting.save()
    Report.objects.create(comment=comment, rule=0, words=words)
    Note.objects.create(comment=comment, words=words)
    Appeal.objects.create(comment=comment, words=words)
    planted.append(comment.pk)
    links += [own_links.link(comment), "/discussion/confirm/%s/" % letters.token_for(waiting)]
grant()
moderator = User.objects.create_user(f"hostile{len(WORDS)}@example.org", name="<script>trap()</script>")
moderator.groups.add(Group.objects.get(name="Moderators"))
own = Comment(page=post, user=moderator, comment="Mine.")
own.save()
gone = Comment(page=post, user_name="Gone", user_email="gone@example.org", comment="Gone.")
gone.save()
gone.remove(rule=1)
client = Client(SERVER_NAME="127.0.0.1")
client.force_login(moderator)
cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
print("FACTS" + json.dumps({
    "planted": planted, "links": [link.replace(settings.BASE_URL, "") for link in links],
    "own": own.pk, "appeal": reverse("appeal", args=[moderating.token_for(gone)]),
    "seal": CommentForm(post).generate_security_data(), "paper": paper.pk,
    "cookies": cookies | {settings.CSRF_COOKIE_NAME: CSRF},
}))
"""

Facts = dict[str, Any]
Door = tuple[str, dict[str, str] | None]


def plant(site: RunningSite, words: list[str]) -> Facts:
    given = f"WORDS, POST, PAPER, CSRF = {words!r}, {POST!r}, {PAPER!r}, {CSRF!r}"
    return crowd.ask(site.environment, f"{given}\n{PLANT}")


def strangers_doors(facts: Facts, words: str, quoted: Callable[[dict[str, str]], str]) -> Iterator[Door]:
    """Yield where anybody may say ``words``: an address, and what is posted there, if anything."""
    who, long = {"name": words, "email": words, "url": words}, words + TOO_LONG
    yield "/discussion/post/", facts["seal"] | who | {"comment": words, "reply_to": words}
    yield "/discussion/post/", facts["seal"] | who | {"comment": words, "preview": "1", "followup": words}
    yield "/discussion/post/", who | {"comment": words, "object_pk": words, "content_type": words}
    yield f"/discussion/report/{facts['planted'][0]}/", {"rule": words, "words": long}
    yield facts["appeal"], {"words": long}
    yield "/discussion/yours/", {"email": words}
    yield f"/search/?{quoted({'q': words, 'kind': words, 'author': words, 'topic': words})}", None
    yield f"{POST}?{quoted(dict.fromkeys(['order', 'role', 'talk', 'thread', 'part', 'at'], words))}", None
    yield f"/blog/?{quoted(dict.fromkeys(['topic', 'tag', 'author', 'year', 'month', 'page'], words))}", None
    passage = {"anchor_edition": "1", "anchor_page": "1", "anchor_quote": words}
    yield f"/discussion/about/{facts['paper']}/?{quoted(passage)}", None


def members_doors(facts: Facts, words: str, quoted: Callable[[dict[str, str]], str]) -> Iterator[Door]:
    """Yield where a member who is a moderator may say ``words``."""
    token, long = {"csrfmiddlewaretoken": CSRF}, words + TOO_LONG
    about = {"name": words, "role": words, "organisation": words}
    yield "/accounts/me/about/", token | about
    yield "/accounts/me/about/", token | about | {"role": long}
    yield f"/discussion/edit/{facts['own']}/", token | {"comment": words}
    yield f"/admin/discussion/act/{facts['own']}/note/", token | {"words": words}
    yield f"/admin/discussion/?{quoted({'q': words, 'queue': words, 'person': words, 'page': words})}", None
    remove = f"/admin/bulk/discussion/comment/remove/?{quoted({'id': str(facts['own']), 'next': words})}"
    yield remove, token | {"rule": words, "words": long}
