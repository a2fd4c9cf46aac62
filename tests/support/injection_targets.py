"""Hostile text in every field that is shown, and every form and address that takes text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page

from accounts.models import User
from discussion.models import Appeal, Comment, ModeratorNote, Report
from discussion.moderation import actions
from discussion.permissions import grant_moderation
from discussion.posting import guest_links
from discussion.posting.forms import CommentForm
from public_forms.printable_text import printable

TOO_LONG = "x" * 10_001  # so that a form refuses them, and shows them again
Target = tuple[str, dict[str, str] | None]


@dataclass
class Planted:
    """``moderator`` wrote ``own`` under ``post``; ``comments`` stand under ``paper``."""

    post: str
    paper: str
    paper_number: int
    security_fields: dict[str, str]
    moderator: int
    own: int = 0
    appeal: str = ""
    comments: list[int] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


def plant(words: list[str], *, post: Page, paper: Page) -> Planted:
    """Save each of ``words`` in every field, as no form would accept it."""
    grant_moderation()
    moderator = User.objects.create_user(f"hostile{len(words)}@example.org", name="<script>trap()</script>")
    moderator.groups.add(Group.objects.get(name="Moderators"))
    security_fields = {name: str(value) for name, value in CommentForm(post).generate_security_data().items()}
    planted = Planted(post.get_url(), paper.get_url(), paper.pk, security_fields, moderator.pk)
    planted.own = make_comment(post, user=moderator, comment="Mine.").pk
    gone = make_comment(post, user_name="Gone", user_email="gone@example.org", comment="Gone.")
    gone.remove(rule=1)
    planted.appeal = reverse("appeal", args=[actions.appeal_token(gone)])
    for number, one in enumerate(map(printable, words)):
        plant_one(planted, paper, one, key=f"{number}.{len(words)}")
    return planted


def plant_one(planted: Planted, paper: Page, words: str, *, key: str) -> None:
    about = {"comment": words, "anchor_edition": 1, "anchor_page": 1, "anchor_quote": words[:500]}
    guest = {"user_name": words[:50], "user_email": f"g{key}@example.org", "user_url": words[:200]}
    user = User.objects.create_user(f"m{key}@example.org", name=words[:100])
    User.objects.filter(pk=user.pk).update(role=words[:120], organisation=words[:200])
    comment = make_comment(paper, addendum=words, **about, **guest)
    make_comment(paper, user=user, reply_to=comment, speaking_for="organisation", **about)
    waiting = make_comment(paper, state=Comment.State.UNCONFIRMED, **about, **guest)
    for kind in (Report, ModeratorNote, Appeal):
        kind.objects.create(comment=comment, text=words)
    planted.comments.append(comment.pk)
    planted.links += [
        guest_links.guest_comment_url(comment).removeprefix(settings.BASE_URL),
        reverse("confirm_comment", args=[guest_links.confirm_token(waiting)]),
    ]


def make_comment(page: Page, **fields: object) -> Comment:
    comment = Comment(page=page, **fields)
    comment.save()
    return comment


def guest_targets(planted: Planted, words: str) -> Iterator[Target]:
    """Yield where anybody may send ``words``: an address, and what is posted there, if anything."""
    who, long = {"name": words, "email": words, "url": words}, words + TOO_LONG
    yield "/discussion/post/", planted.security_fields | who | {"comment": words, "reply_to": words}
    yield (
        "/discussion/post/",
        planted.security_fields | who | {"comment": words, "preview": "1", "followup": words},
    )
    yield "/discussion/post/", who | {"comment": words, "object_pk": words, "content_type": words}
    yield f"/discussion/report/{planted.comments[0]}/", {"rule": words, "words": long}
    yield planted.appeal, {"words": long}
    yield "/discussion/yours/", {"email": words}
    yield "/search/?" + urlencode({"q": words, "kind": words, "author": words, "topic": words}), None
    query = dict.fromkeys(["order", "role", "talk", "thread", "part", "at"], words)
    yield f"{planted.post}?{urlencode(query)}", None
    passage = {"anchor_edition": "1", "anchor_page": "1", "anchor_quote": words}
    yield f"/discussion/about/{planted.paper_number}/?{urlencode(passage)}", None


def member_targets(planted: Planted, words: str) -> Iterator[Target]:
    """Yield where a member who is a moderator may send ``words``."""
    about, long = {"name": words, "role": words, "organisation": words}, words + TOO_LONG
    yield "/accounts/me/about/", about
    yield "/accounts/me/about/", about | {"role": long}
    yield f"/discussion/edit/{planted.own}/", {"comment": words}
    yield f"/admin/discussion/act/{planted.own}/note/", {"words": words}
    query = {"q": words, "queue": words, "person": words, "page": words}
    yield f"/admin/discussion/?{urlencode(query)}", None
    remove = urlencode({"id": str(planted.own), "next": words})
    yield f"/admin/bulk/discussion/comment/remove/?{remove}", {"rule": words, "words": long}
