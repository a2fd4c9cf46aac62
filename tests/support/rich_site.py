"""One fixed state of the site on which every public page has everything it can show.

The same words, names and days at every call; only keys differ from run to run.
Make it within ``django_capture_on_commit_callbacks``, so that search knows of it,
while the clock stands at ``NOW``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Page

from accounts.affiliation import verification
from accounts.models import User
from blog.models import Post
from discussion.models import Comment
from discussion.models.comment_state import State
from papers.models import AccessibilityReport, DataFile, DownloadCount, Edition, FileRecord, PageText, Paper
from publishing.models import (
    Author,
    Authorship,
    Change,
    Related,
    SiteDocument,
    Topic,
    TopicLink,
)  # fmt: skip
from tests.support.affiliations import make_organisation
from tests.support.comments import make_comment, make_guest_comment
from tests.support.factories import make_paper, make_post, make_user
from tests.support.images import make_image
from tests.support.paper_files import make_document, make_edition

NOW = datetime(2026, 11, 28, 15, 0, tzinfo=UTC)
ROWS = {
    "columns": [{"type": "text", "heading": "Year"}, {"type": "number", "heading": "Nurses"}],
    "rows": [{"values": ["2025", "1"]}, {"values": ["2026", "2"]}],
}
LISTED = 12  # posts besides the rich ones, so that the list has a second page


@dataclass
class RichSite:
    post: Post
    paper: Paper
    author: Author
    topic: Topic


def at(month: int, day: int, hour: int = 14) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def make_rich_site() -> RichSite:
    quill = Author.objects.create(
        name="Quill Feather",
        slug="quill-feather",
        role="Director",
        organisation="Northern Collaborative",
        orcid="0000-0002-1825-0097",
        biography="<p>Quill drives the <b>shared bus</b>.</p>",
        portrait=make_image("Quill Feather at the wheel"),
    )
    ink = Author.objects.create(name="Ink Well", slug="ink-well", organisation="Southern District")
    health = Topic.objects.create(
        name="Health services", slug="health-services", description="Nurses, counselors and clinics."
    )
    buses = Topic.objects.create(name="Buses", slug="buses", description="")

    other_paper = make_paper(
        title="Sharing payroll", slug="sharing-payroll", first_published_at=at(9, 2),
        introduction="What a shared payroll office costs.", audiences=["families"],
        series="Occasional papers",
        files_on_request=True, comments_open=False,
    )  # fmt: skip
    make_edition(other_paper, document=make_read_document("payroll", 1), publication_date=date(2026, 9, 2))
    paper = make_rich_paper([quill, ink], [health, buses], successor=other_paper)
    for number in range(LISTED):
        make_post(title=f"Note {number + 1}", slug=f"note-{number + 1}", first_published_at=at(1, number + 1))
    describe(make_post(title="Before the nurse", slug="before", first_published_at=at(10, 1)), [ink], [buses])
    post = make_rich_post([quill, ink], [health, buses], related=paper)
    after = make_post(
        title="After the nurse", slug="after", first_published_at=at(11, 20), lead_image=make_image(""),
        introduction="What came after the nurse.",
        body=[("text", "<p>The opening paragraph of the newest post.</p><h2>More</h2>")],
    )  # fmt: skip
    describe(after, [quill], [health])
    make_comment(on=after, by=make_user(name="Ada Plover"), submit_date=at(11, 21), text="Thank you.")
    discuss(post)
    discuss_paper(paper)
    for page in Page.objects.type((Post, Paper)).specific():
        page.save_revision().publish()
    return RichSite(Post.objects.get(pk=post.pk), Paper.objects.get(pk=paper.pk), quill, health)


def describe(page: Any, authors: list[Author], topics: list[Topic], **changes: Any) -> None:
    page.authorships = [Authorship(author=author) for author in authors]
    page.topic_links = [TopicLink(topic=topic) for topic in topics]
    for name, value in changes.items():
        setattr(page, name, value)
    page.save()


def make_rich_post(authors: list[Author], topics: list[Topic], *, related: Paper) -> Post:
    picture = make_image("Three towns share a bus.", credit="Photo: Pia Lens")
    document = make_table_file("costs.csv", "Costs by town")
    post = make_post(
        title="Sharing a nurse",
        slug="sharing-a-nurse",
        seo_title="How three towns share a nurse",
        search_description="Three districts, one nurse: what it costs.",
        introduction="Three small districts employ one nurse together.",
        first_published_at=at(11, 3),
        lead_image=picture,
        audiences=["administrators"],
    )
    post.body = Post._meta.get_field("body").stream_block.to_python(
        [
            {"type": "text", "value": "<p>Every morning the nurse starts in another town.</p><h2>Why</h2>"
                                      '<p>It is <a href="https://example.org/why">cheaper</a>.</p>'},
            {"type": "picture", "value": {"image": {"image": picture.pk, "alt_text": "A nurse with a bag",
                                                    "decorative": False}, "caption": "On the way"}},
            {"type": "pull_quote", "value": {"words": "We kept our school.", "by": "A superintendent"}},
            {"type": "card", "value": {"page": related.pk}},
            {"type": "table", "value": {"caption": "Nurses by year", "source": "Annual reports, 2026",
                                              "rows": ROWS}},
            {"type": "call_out", "value": {"title": "What is a collaborative?", "text": "<p>Districts.</p>"}},
            {"type": "video", "value": {"url": "https://vimeo.com/76979871", "title": "A committee meets"}},
            {"type": "download", "value": {"document": document.pk, "title": "Costs as a table"}},
        ]
    )  # fmt: skip
    post.tags.add("nurses", "budget")
    describe(
        post, authors, topics,
        changes=[Change(changed_on=date(2026, 11, 10), note="Salaries corrected.")],
        related_links=[Related(other=related)],
    )  # fmt: skip
    return post


def make_table_file(name: str, title: str) -> SiteDocument:
    document = SiteDocument(title=title, file=ContentFile(b"town,cost\nQuabbin,3\n", name))
    document._set_document_file_metadata()
    document.save()
    return document


def make_rich_paper(authors: list[Author], topics: list[Topic], *, successor: Paper) -> Paper:
    paper = make_paper(
        title="Building capacity",
        slug="building-capacity",
        search_description="How collaboratives build capacity.",
        subtitle="Collaboratives after ten years",
        introduction="What districts can do together.",
        abstract="<p>We asked <i>forty</i> directors.</p>",
        publisher="Northern Collaborative",
        publication_date=date(2026, 10, 6),
        language="es",
        series="Working papers",
        series_number="7",
        licence="cc-by-sa-4.0",
        doi="10.1000/182",
        isbn="9780306406157",
        funding="Paid for by the State.",
        competing_interests="One author directs a collaborative.",
        review="Read by two directors.",
        status="superseded",
        superseded_by=successor,
        status_reason="New figures are out.",
        audiences=["school-committees"],
        first_published_at=at(10, 6),
    )
    paper.key_findings = [("finding", "Small districts save most."), ("finding", "Buses come first.")]
    describe(
        paper, authors, topics,
        changes=[Change(changed_on=date(2026, 10, 20), note="Table 3 was corrected.")],
    )  # fmt: skip
    add_editions(paper)
    DataFile.objects.create(
        paper=paper, document=make_table_file("towns.csv", "Towns"), caption="Table 3: towns"
    )
    return paper


def add_editions(paper: Paper) -> None:
    """Give ``paper`` a withdrawn edition, one that is out, and one under embargo."""
    make_edition(
        paper, document=make_read_document("first", 2), state=Edition.State.WITHDRAWN,
        publication_date=date(2026, 10, 6), note="Withdrawn: a table was wrong.",
    )  # fmt: skip
    newest = make_edition(
        paper, document=make_read_document("second", 3), publication_date=date(2026, 10, 20),
        note="Table 3 was corrected.", licence="cc-by-4.0",
    )  # fmt: skip
    make_edition(
        paper, document=make_read_document("third", 4), publication_date=date(2026, 11, 25),
        note="With new figures.",
        embargoed_until=NOW + timedelta(days=30),
    )  # fmt: skip
    DownloadCount.objects.create(edition=newest, month=date(2026, 11, 1), number=40)


def make_read_document(name: str, pages: int) -> SiteDocument:
    document = make_document(f"%PDF-1.7 {name}".encode(), pages=pages, name=f"{name}.pdf")
    FileRecord.objects.filter(document=document).update(
        state=FileRecord.State.READ, language="es", tagged=True, read_at=timezone.now(), size=1_234_567,
        cover="covers/cover.webp", cover_width=300, cover_height=400,
    )  # fmt: skip
    record = FileRecord.objects.get(document=document)
    AccessibilityReport.objects.create(record=record)
    PageText.objects.bulk_create(
        PageText(record=record, number=number, text=f"The nurse on page {number} of the {name} file.")
        for number in range(1, pages + 1)
    )
    return document


def make_verified_member() -> User:
    member = make_user(name="Grace Heron", role="Superintendent")
    verification.request(member, make_organisation())
    verification.confirm_by_editor(member.affiliation, by=make_user(name="Ed Itor"))
    return member


def discuss(post: Post) -> None:
    """Let people say everything under ``post`` that a comment can show."""
    grace = make_verified_member()
    first = make_comment(
        on=post, by=grace, submit_date=at(11, 4), speaking_for=Comment.SpeaksFor.ORGANISATION,
        text="Our nurse is *shared* as well.",
    )  # fmt: skip
    Comment.objects.filter(pk=first.pk).update(
        pinned=True, useful_count=2, edited_at=at(11, 4, 15), addendum="She is well.",
        addendum_html="<p>She is well.</p>", addendum_at=at(11, 5),
    )  # fmt: skip
    reply = make_guest_comment(
        name="Obadiah Plum", reply_to=first, submit_date=at(11, 6), text="Who pays her?",
        user_url="https://plum.example/",
    )  # fmt: skip
    answer = make_comment(reply_to=reply, by=grace, submit_date=at(11, 7), text="All three towns.")
    Comment.objects.filter(pk=answer.pk).update(is_staff_comment=True)
    removed = make_guest_comment(name="Ron Rude", on=post, submit_date=at(11, 8), text="Bah.")
    make_comment(reply_to=removed, by=make_user(name="Ada Plover"), submit_date=at(11, 9), text="Be kind.")
    Comment.objects.filter(pk=removed.pk).update(
        state=State.REMOVED, rule=2, is_removed=True, is_public=False
    )


def discuss_paper(paper: Paper) -> None:
    make_guest_comment(
        name="Obadiah Plum", on=paper, submit_date=at(10, 22), text="This page explains it.",
        anchor_edition=2, anchor_page=1, anchor_quote="The nurse on page 1",
    )  # fmt: skip
