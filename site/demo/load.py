"""Filling a site that ``setup_site`` made with something to read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.files import File
from django.utils import timezone
from wagtail.models import Page

from blog.models import Post, PostIndex
from demo import content
from papers.admin.download_chart import months_until
from papers.intake.forms import take_in
from papers.intake.tasks import read_file
from papers.models import DataFile, DownloadCount, Edition, Paper, PaperIndex
from publishing.models import Author, Authorship, Change, Related, SiteDocument, Topic, TopicLink

# What a paper's words may tell besides.
TERMS = ["doi", "isbn", "funding", "interests", "review", "standing_reason"]


def load() -> None:
    """Make authors, topics, papers and posts that are not there yet; change nothing that is."""
    for words in content.read("content/topics.toml")["topic"]:
        Topic.objects.get_or_create(
            slug=words["slug"], defaults={"name": words["name"], "description": words["description"]}
        )
    for words in content.read("content/authors.toml")["author"]:
        rest = {key: words.get(key, "") for key in ("name", "role", "organisation", "orcid")}
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
        standing=words.get("standing", "current"),
        superseded_by=Paper.objects.filter(slug=words.get("successor", "")).first(),
        **{key: words.get(key, "") for key in TERMS},
    )
    paper.key_findings = [("finding", finding) for finding in words["key_findings"]]
    publish(PaperIndex.objects.get(), paper, words)
    for edition in words["edition"]:
        make_edition(paper, edition)
    for table in words.get("data", []):
        make_data_file(paper, table)
    return paper


def make_edition(paper: Paper, words: dict[str, Any]) -> None:
    with (content.FOLDER / "papers" / words["file"]).open("rb") as file:
        document = take_in(File(file, name=words["file"]), title=f"{paper.title}, edition {words['number']}")
    # At once, not by the worker: a newcomer's first look should find covers and words.
    read_file.func(document.pk)
    days = words.get("embargo_days")
    edition = Edition.objects.create(
        paper=paper,
        document=document,
        dated=date.fromisoformat(words["date"]),
        note=words["note"][:300],
        state=Edition.State.PUBLISHED,
        readable_from=timezone.now() + timedelta(days=days) if days else None,
    )
    counted = words.get("downloads", [])
    months = months_until(timezone.localdate(), number=len(counted))
    DownloadCount.objects.bulk_create(
        DownloadCount(edition=edition, month=month, number=number)
        for month, number in zip(months, counted, strict=True)
        if number
    )


def make_data_file(paper: Paper, words: dict[str, str]) -> None:
    """Put a table beside a paper, in its revision too, so that publishing it again takes nothing away."""
    with (content.FOLDER / "papers" / words["file"]).open("rb") as file:
        document = SiteDocument(title=words["caption"], file=File(file, name=words["file"]))
        document._set_document_file_metadata()
        document.save()
    paper.data_files.add(DataFile(document=document, caption=words["caption"]))
    paper.save_revision(clean=False).publish()


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
