"""Filling a site that ``setup_site`` made with something to read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.core.files import File
from wagtail.models import Page

from blog.models import Post, PostIndex
from demo import content
from papers.models import Edition, Paper, PaperIndex
from papers.tasks import read_file
from papers.uploads import take_in
from publishing.models import Author, Authorship, Change, Related, Topic, TopicLink


def load() -> None:
    """Make authors, topics, papers and posts that are not there yet; change nothing that is."""
    for words in content.read("content/topics.toml")["topic"]:
        Topic.objects.get_or_create(
            slug=words["slug"], defaults={"name": words["name"], "description": words["description"]}
        )
    for words in content.read("content/authors.toml")["author"]:
        rest = {key: words.get(key, "") for key in ("name", "role", "organisation")}
        Author.objects.get_or_create(
            slug=words["slug"], defaults=rest | {"biography": content.html(words["biography"])}
        )
    for words in content.read("papers/papers.toml")["paper"]:
        if not Paper.objects.filter(slug=words["slug"]).exists():
            make_paper(words)
    for words in content.posts():
        if not Post.objects.filter(slug=words["slug"]).exists():
            make_post(words)
    relate()


def make_paper(words: dict[str, Any]) -> Paper:
    day = date.fromisoformat(words["date"])
    paper = Paper(
        title=words["title"],
        slug=words["slug"],
        subtitle=words.get("subtitle", ""),
        introduction=words["abstract"].split(". ")[0] + ".",
        abstract=content.html(words["abstract"]),
        publisher=words["publisher"],
        dated=day,
        series=words["series"],
        series_number=str(words["number"]),
        licence=words["licence"],
        first_published_at=noon(day),
    )
    paper.key_findings = [("finding", finding) for finding in words["key_findings"]]
    publish(PaperIndex.objects.get(), paper, words)
    for edition in words["edition"]:
        with (content.FOLDER / "papers" / edition["file"]).open("rb") as file:
            document = take_in(
                File(file, name=edition["file"]), title=f"{paper.title}, edition {edition['number']}"
            )
        # At once, not by the worker: a newcomer's first look should find covers and words.
        read_file.func(document.pk)
        Edition.objects.create(
            paper=paper,
            document=document,
            dated=date.fromisoformat(edition["date"]),
            note=edition["note"][:300],
            state=Edition.State.PUBLISHED,
        )
    return paper


def make_post(words: dict[str, Any]) -> Post:
    post = Post(
        title=words["title"],
        slug=words["slug"],
        introduction=words["introduction"],
        first_published_at=words["posted"],
    )
    slugs = dict(Page.objects.values_list("slug", "pk"))
    stream = Post._meta.get_field("body").stream_block
    post.body = stream.to_python(content.body(words["body"], slugs))
    publish(PostIndex.objects.get(), post, words)
    post.tags.add(*words.get("tags", []))
    post.save_revision(clean=False).publish()
    return post


def publish(index: Page, page: Any, words: dict[str, Any]) -> None:
    """Put ``page`` under ``index`` with its byline, topics and changes, published on its own day."""
    authors, topics = Author.objects.in_bulk(field_name="slug"), Topic.objects.in_bulk(field_name="slug")
    page.authorships = [Authorship(author=authors[slug]) for slug in words["authors"]]
    page.topic_links = [TopicLink(topic=topics[slug]) for slug in words["topics"]]
    page.audiences = words.get("audiences", [])
    page.changes = [
        Change(changed_on=change["date"], note=change.get("note", "")) for change in words.get("changes", [])
    ]
    index.refresh_from_db()
    index.add_child(instance=page)
    page.save_revision(clean=False).publish()


def relate() -> None:
    """Link what the words call related, once all pages are there.

    Through the page and its revision: a link that only the table knew would be
    gone when an editor next publishes.
    """
    keys = dict(Page.objects.type((Post, Paper)).values_list("slug", "pk"))
    for words in content.posts():
        post = Post.objects.get(slug=words["slug"])
        known = set(post.related_links.values_list("other_id", flat=True))
        fresh = [
            keys[slug] for slug in words.get("related", []) if keys.get(slug) not in {None, post.pk, *known}
        ]
        if fresh:
            post.related_links.add(*(Related(other_id=key) for key in fresh))
            post.save_revision(clean=False).publish()


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 16, tzinfo=UTC)
