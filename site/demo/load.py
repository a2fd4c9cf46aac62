"""Demo content for a site that ``setup_site`` made."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.files import File
from django.utils import timezone
from wagtail.models import Page

from blog.models import Post, PostIndex
from demo import content
from papers.admin.download_chart import months_until
from papers.intake.forms import create_document
from papers.intake.tasks import read_file
from papers.models import DataFile, DownloadCount, Edition, Paper, PaperIndex
from publishing.blocks import BodyBlock
from publishing.models import Author, Authorship, Change, Related, SiteDocument, Topic, TopicLink

# Further fields of a paper that its data may have.
OPTIONAL_FIELDS = ["doi", "isbn", "funding", "competing_interests", "review", "status_reason"]


def load() -> None:
    """Create authors, topics, papers and posts that don't exist yet; change nothing that does."""
    for data in content.read("content/topics.toml")["topic"]:
        Topic.objects.get_or_create(
            slug=data["slug"], defaults={"name": data["name"], "description": data["description"]}
        )
    for data in content.read("content/authors.toml")["author"]:
        rest = {key: data.get(key, "") for key in ("name", "role", "organisation", "orcid")}
        Author.objects.get_or_create(
            slug=data["slug"], defaults=rest | {"biography": content.html(data["biography"])}
        )
    for data in content.read("papers/papers.toml")["paper"]:
        if not Paper.objects.filter(slug=data["slug"]).exists():
            make_paper(data)
    for data in content.posts():
        if not Post.objects.filter(slug=data["slug"]).exists():
            make_post(data)
    relate()


def make_paper(data: dict[str, Any]) -> Paper:
    day = date.fromisoformat(data["date"])
    paper = Paper(
        title=data["title"],
        slug=data["slug"],
        subtitle=data.get("subtitle", ""),
        introduction=data["abstract"].split(". ")[0] + ".",
        abstract=content.html(data["abstract"]),
        publisher=data["publisher"],
        publication_date=day,
        series=data["series"],
        series_number=str(data["number"]),
        licence=data["licence"],
        first_published_at=noon(day),
        status=data.get("status", "current"),
        superseded_by=Paper.objects.filter(slug=data.get("successor", "")).first(),
        **{key: data.get(key, "") for key in OPTIONAL_FIELDS},
    )
    paper.key_findings = [("finding", finding) for finding in data["key_findings"]]
    publish(PaperIndex.objects.get(), paper, data)
    for edition in data["edition"]:
        make_edition(paper, edition)
    for table in data.get("data", []):
        make_data_file(paper, table)
    return paper


def make_edition(paper: Paper, data: dict[str, Any]) -> None:
    with (content.FOLDER / "papers" / data["file"]).open("rb") as file:
        title = f"{paper.title}, edition {data['number']}"
        document = create_document(File(file, name=data["file"]), title=title)
    # At once, not by the worker: covers and text should be there at the first look.
    read_file.func(document.pk)
    days = data.get("embargo_days")
    edition = Edition.objects.create(
        paper=paper,
        document=document,
        publication_date=date.fromisoformat(data["date"]),
        note=data["note"][:300],
        state=Edition.State.PUBLISHED,
        embargoed_until=timezone.now() + timedelta(days=days) if days else None,
    )
    downloads = data.get("downloads", [])
    months = months_until(timezone.localdate(), number=len(downloads))
    DownloadCount.objects.bulk_create(
        DownloadCount(edition=edition, month=month, number=number)
        for month, number in zip(months, downloads, strict=True)
        if number
    )


def make_data_file(paper: Paper, data: dict[str, str]) -> None:
    """Add a data file to a paper and to its revision, so that publishing it again keeps the file."""
    with (content.FOLDER / "papers" / data["file"]).open("rb") as file:
        document = SiteDocument(title=data["caption"], file=File(file, name=data["file"]))
        document._set_document_file_metadata()
        document.save()
    paper.data_files.add(DataFile(document=document, caption=data["caption"]))
    paper.save_revision(clean=False).publish()


def make_post(data: dict[str, Any]) -> Post:
    post = Post(
        title=data["title"],
        slug=data["slug"],
        introduction=data["introduction"],
        first_published_at=data["posted"],
    )
    slugs = dict(Page.objects.values_list("slug", "pk"))
    post.body = BodyBlock().to_python(content.body(data["body"], slugs))
    publish(PostIndex.objects.get(), post, data)
    post.tags.add(*data.get("tags", []))
    post.save_revision(clean=False).publish()
    return post


def publish(index: Page, page: Any, data: dict[str, Any]) -> None:
    """Add ``page`` below ``index``, with its byline, topics and changes, published on its own date."""
    authors, topics = Author.objects.in_bulk(field_name="slug"), Topic.objects.in_bulk(field_name="slug")
    page.authorships = [Authorship(author=authors[slug]) for slug in data["authors"]]
    page.topic_links = [TopicLink(topic=topics[slug]) for slug in data["topics"]]
    page.audiences = data.get("audiences", [])
    page.changes = [
        Change(changed_on=change["date"], note=change.get("note", "")) for change in data.get("changes", [])
    ]
    index.refresh_from_db()
    index.add_child(instance=page)
    page.save_revision(clean=False).publish()


def relate() -> None:
    """Link related pages, once all pages exist.

    In the page and its revision: a link in the table only would be gone when an
    editor publishes the page again.
    """
    keys = dict(Page.objects.type((Post, Paper)).values_list("slug", "pk"))
    for data in content.posts():
        post = Post.objects.get(slug=data["slug"])
        known = set(post.related_links.values_list("other_id", flat=True))
        fresh = [
            keys[slug] for slug in data.get("related", []) if keys.get(slug) not in {None, post.pk, *known}
        ]
        if fresh:
            post.related_links.add(*(Related(other_id=key) for key in fresh))
            post.save_revision(clean=False).publish()


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 16, tzinfo=UTC)
