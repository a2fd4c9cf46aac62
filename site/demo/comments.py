"""Who says what under the demo's pages, and a crowd for a long discussion."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from accounts.models import User
from blog.models import Post, PostIndex
from demo import content
from discussion.models import Comment
from papers.models import Paper
from search.receivers import defer_comments

CROWD = "a-long-discussion"
VOICES, LEVELS = 40, 3
REMARKS = [
    "We tried this for two years. It saved money on paper only, until **one** person ran it.",
    "Could somebody share the agreement? Ours goes to the school committee next month.",
    "The vans cross four times a day. A map did more than any argument.\n\n- one route\n- one dispatcher",
    "I doubt it. The figures leave out what the town pays for the building.",
    "> A map did more than any argument.\n\nThat was my experience too.",
    "Agreed, with one reservation: somebody has to answer for it when it goes wrong.",
]


def load() -> int:
    """Let the invented people speak where nobody has spoken yet; return how many comments were made."""
    words = content.read("content/comments.toml")
    pages = {page.slug: page for page in [*Post.objects.all(), *Paper.objects.all()]}
    quiet_pages = {
        slug for slug, page in pages.items() if not Comment.objects.filter(page_id=page.pk).exists()
    }
    people = {person["key"]: person for person in words["person"]}
    said: dict[str, Comment] = {}
    with transaction.atomic():
        members = {key: member(person) for key, person in people.items() if person["kind"] == "member"}
        for comment in words["comment"]:
            if comment["page"] in quiet_pages:
                voice = people[comment["by"]]
                said[comment["id"]] = say(
                    comment, pages[comment["page"]], voice, members.get(comment["by"]), said
                )
        # Afterwards: a reply can't be made to what is already gone.
        for comment in words["comment"]:
            if comment["id"] in said:
                settle(said[comment["id"]], comment)
    return len(said)


def member(person: dict[str, str]) -> User:
    found = User.objects.filter(email=f"{person['key']}@example.org").first()
    return found or User.objects.create_user(
        f"{person['key']}@example.org",
        name=person["name"],
        role=person.get("role", ""),
        organisation=person.get("organisation", ""),
    )


def say(
    words: dict[str, Any], page: Page, voice: dict[str, str], user: User | None, said: dict[str, Comment]
) -> Comment:
    comment = Comment(
        page=page,
        user=user,
        user_name=voice["name"],
        user_email=f"{voice['key']}@example.org",
        user_url=voice.get("website", ""),
        comment=words["text"].strip(),
        submit_date=words["at"],
        reply_to=said.get(words.get("parent", "")),
        state=Comment.State.WAITING if words.get("state") == "waiting" else Comment.State.PUBLISHED,
    )
    comment.save()
    return comment


def settle(comment: Comment, words: dict[str, Any]) -> None:
    match words.get("state", "published"):
        case "removed":
            comment.remove(rule=words.get("rule", 2))
        case "spam":
            comment.mark_as_spam()


def crowd(number: int, *, slug: str = CROWD) -> Post:
    """Make ``/blog/<slug>/`` with ``number`` comments, three levels deep.

    A fifth opens a thread, the rest answer; some speakers are members, most are
    guests. What is there already counts.
    """
    post = Post.objects.filter(slug=slug).first() or crowd_post(slug)
    there = list(Comment.objects.filter(page_id=post.pk).order_by("pk"))
    users = [member({"key": f"voice{n}", "name": f"Voice {n} of Many"}) for n in range(VOICES // 4)]
    start = timezone.now() - timedelta(days=300)
    # One transaction, one search update: a crowd is made at once or not at all.
    with transaction.atomic(), defer_comments(post.pk):
        for n in range(len(there), number):
            user = users[n % len(users)] if n % 4 == 0 else None
            comment = Comment(
                page=post,
                user=user,
                user_name=f"Guest {n % VOICES} of Many",
                user_email=f"guest{n % VOICES}@example.org",
                comment=f"{REMARKS[n % len(REMARKS)]}\n\n(No. {n + 1})",
                submit_date=start + timedelta(minutes=n),
                reply_to=answered(there, n),
            )
            comment.save()
            there.append(comment)
    return post


def answered(there: list[Comment], n: int) -> Comment | None:
    """Return whom the ``n``-th speaker answers, or None for an opening; always the same one."""
    # A hundred talk with each other: twenty threads, so that every sheet is like the first.
    among = there[n - n % 100 :]
    lately = [comment for comment in among[-60:] if comment.level < LEVELS - 1]
    return lately[n * 7 % len(lately)] if n % 5 and lately else None


def crowd_post(slug: str) -> Post:
    post = Post(
        title="A long discussion",
        slug=slug,
        first_published_at=timezone.now() - timedelta(days=301),
        introduction="A post with a great many comments, for trying how long discussions read.",
    )
    index = PostIndex.objects.get()
    index.add_child(instance=post)
    post.save_revision(clean=False).publish()
    return post
