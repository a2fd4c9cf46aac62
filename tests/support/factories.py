"""Make what a test is about, and nothing else. Sign nothing in, publish by default."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.models import User
from blog.models import Post, PostIndex
from papers.models import Paper, PaperIndex
from publishing.models import Author, Topic

numbers = count(1)


def make_user(
    *, name: str = "Ada Plover", email: str = "", password: str | None = None, **fields: Any
) -> User:
    return User.objects.create_user(
        email or f"reader{next(numbers)}@example.org", password, name=name, **fields
    )


def make_topic(name: str = "") -> Topic:
    number = next(numbers)
    return Topic.objects.create(name=name or f"Topic {number}", slug=f"topic-{number}")


def make_author(name: str = "Quill Feather", **fields: Any) -> Author:
    return Author.objects.create(name=name, slug=f"author-{next(numbers)}", **fields)


def make_post(*, title: str = "Sharing a nurse", live: bool = True, **fields: Any) -> Post:
    post = Post(title=title, slug=fields.pop("slug", f"post-{next(numbers)}"), live=live, **fields)
    if live and post.first_published_at is None:
        post.first_published_at = timezone.now()
    PostIndex.objects.get().add_child(instance=post)
    return post


def make_paper(*, title: str = "Building capacity", live: bool = True, **fields: Any) -> Paper:
    paper = Paper(title=title, slug=fields.pop("slug", f"paper-{next(numbers)}"), live=live, **fields)
    if live and paper.first_published_at is None:
        paper.first_published_at = timezone.now()
    PaperIndex.objects.get().add_child(instance=paper)
    return paper


def on(year: int, month: int = 1, day: int = 1) -> datetime:
    return datetime(year, month, day, 12, tzinfo=timezone.get_current_timezone())
