"""The comments under the demo's pages, and a long discussion for trying things."""

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

LONG_DISCUSSION_SLUG = "a-long-discussion"
AUTHORS, LEVELS = 40, 3
GROUP_SIZE = 100  # comments that reply to each other
TEXTS = [
    "We tried this for two years. It saved money on paper only, until **one** person ran it.",
    "Could somebody share the agreement? Ours goes to the school committee next month.",
    "The vans cross four times a day. A map did more than any argument.\n\n- one route\n- one dispatcher",
    "I doubt it. The figures leave out what the town pays for the building.",
    "> A map did more than any argument.\n\nThat was my experience too.",
    "Agreed, with one reservation: somebody has to answer for it when it goes wrong.",
]


def load() -> int:
    """Add the demo's comments to pages that have none; return how many were added."""
    data = content.read("content/comments.toml")
    published: list[Page] = [*Post.objects.all(), *Paper.objects.all()]
    pages = {page.slug: page for page in published}
    empty_pages = {
        slug for slug, page in pages.items() if not Comment.objects.filter(page_id=page.pk).exists()
    }
    people = {person["key"]: person for person in data["person"]}
    comments: dict[str, Comment] = {}
    with transaction.atomic():
        members = {key: member(person) for key, person in people.items() if person["kind"] == "member"}
        for row in data["comment"]:
            if row["page"] in empty_pages:
                comments[row["id"]] = make_comment(
                    row, pages[row["page"]], people[row["by"]], members.get(row["by"]), comments
                )
        # Afterwards: nobody can reply to a comment that was removed.
        for row in data["comment"]:
            if row["id"] in comments:
                apply_state(comments[row["id"]], row)
    return len(comments)


def member(person: dict[str, str]) -> User:
    email = f"{person['key']}@example.org"
    return User.objects.filter(email=email).first() or User.objects.create_user(
        email,
        name=person["name"],
        role=person.get("role", ""),
        organisation=person.get("organisation", ""),
    )


def make_comment(
    row: dict[str, Any],
    page: Page,
    person: dict[str, str],
    user: User | None,
    comments: dict[str, Comment],
) -> Comment:
    """Save one comment; ``comments`` has those saved before it, by their keys in the file."""
    comment = Comment(
        page=page,
        user=user,
        user_name="" if user else person["name"],  # a member's may be longer than the column
        user_email=f"{person['key']}@example.org",
        user_url=person.get("website", ""),
        comment=row["text"].strip(),
        submit_date=row["at"],
        reply_to=comments.get(row.get("parent", "")),
        state=Comment.State.WAITING if row.get("state") == "waiting" else Comment.State.PUBLISHED,
    )
    comment.save()
    return comment


def apply_state(comment: Comment, row: dict[str, Any]) -> None:
    match row.get("state", "published"):
        case "removed":
            comment.remove(rule=row.get("rule", 2))
        case "spam":
            comment.mark_as_spam()


def make_long_thread(number: int, *, slug: str = LONG_DISCUSSION_SLUG) -> Post:
    """Make ``/blog/<slug>/`` with ``number`` comments, three levels deep.

    A fifth start threads, the rest are replies; a quarter are by members, the
    rest by guests. Comments that the post has already are counted.
    """
    post = Post.objects.filter(slug=slug).first() or make_long_post(slug)
    comments = list(Comment.objects.filter(page_id=post.pk).order_by("pk"))
    users = [member({"key": f"voice{n}", "name": f"Voice {n} of Many"}) for n in range(AUTHORS // 4)]
    start = timezone.now() - timedelta(days=300)
    # One transaction and one search update: all comments or none.
    with transaction.atomic(), defer_comments(post.pk):
        for n in range(len(comments), number):
            user = users[n % len(users)] if n % 4 == 0 else None
            comment = Comment(
                page=post,
                user=user,
                user_name=f"Guest {n % AUTHORS} of Many",
                user_email=f"guest{n % AUTHORS}@example.org",
                comment=f"{TEXTS[n % len(TEXTS)]}\n\n(No. {n + 1})",
                submit_date=start + timedelta(minutes=n),
                reply_to=parent_of(n, comments),
            )
            comment.save()
            comments.append(comment)
    return post


def parent_of(n: int, comments: list[Comment]) -> Comment | None:
    """Return the comment that the ``n``-th replies to, None where it starts a thread; always the same one."""
    # Within groups, so that every page of the long discussion is like the first.
    group = comments[n - n % GROUP_SIZE :]
    recent = [comment for comment in group[-60:] if comment.level < LEVELS - 1]
    return recent[n * 7 % len(recent)] if n % 5 and recent else None


def make_long_post(slug: str) -> Post:
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
