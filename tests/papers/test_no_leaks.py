"""Words that must not get out, and every door at which a stranger might ask for them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from papers.files.models import cover_variants
from papers.models import Edition, FileRecord, PageText, PaperIndex
from papers.reader_requests import actions
from publishing.models import Topic, TopicLink
from search.indexing import index_page
from tests.support.factories import make_paper, make_topic
from tests.support.paper_files import make_edition, pdf_bytes

pytestmark = pytest.mark.django_db

SECRET, ASKED = "zanzibar", "quokka"  # both stand on the page; only the second is ever typed
TITLE = "Quahog tables"  # of the paper: told of where its page is public, and only there


def shelved(**fields) -> Edition:
    """Make a paper with all that could give it away: pages read and indexed, a cover, a topic."""
    topic = make_topic("Shellfish")
    paper = make_paper(title=TITLE, slug="quahogs", **fields.pop("paper", {}))
    TopicLink.objects.create(page=paper, topic=topic)
    edition = make_edition(paper, content=pdf_bytes(words=SECRET), **fields)
    record = edition.record
    record.state = FileRecord.State.READ
    record.outline = [{"level": 1, "title": SECRET, "page": 1}]
    record.cover.save(f"{SECRET}.webp", ContentFile(b"RIFF"))
    for twin in cover_variants(record.cover.name)[1:]:
        default_storage.save(twin, ContentFile(b"RIFF"))
    PageText.objects.create(record=record, number=1, text=f"The {SECRET} has a {ASKED}.")
    index_page(paper.pk)
    return edition


def drafted() -> Edition:
    return shelved(paper={"live": False})


def with_a_draft() -> Edition:
    return shelved(state=Edition.State.DRAFT)


def unpublished() -> Edition:
    edition = shelved()
    edition.paper.unpublish()
    return edition


def private() -> Edition:
    edition = shelved()
    PageViewRestriction.objects.create(
        page=edition.paper, restriction_type=PageViewRestriction.PASSWORD, password="quabbin"
    )
    return edition


def in_a_private_list() -> Edition:
    edition = shelved()
    PageViewRestriction.objects.create(
        page=PaperIndex.objects.get(), restriction_type=PageViewRestriction.LOGIN
    )
    return edition


def embargoed() -> Edition:
    """Publish first, so that what was indexed before the embargo is there to leak."""
    edition = shelved()
    edition.embargoed_until = timezone.now() + timedelta(days=3)
    edition.save()
    return edition


def withdrawn() -> Edition:
    edition = shelved()
    edition.withdraw(reason="A table was wrong.")
    return edition


def on_request() -> Edition:
    edition = shelved()
    edition.paper.files_on_request = True
    edition.paper.save_revision().publish()
    return edition


HIDDEN = [drafted, unpublished, private, in_a_private_list]
CLOSED = [with_a_draft, embargoed, withdrawn, on_request]


def urls_of(edition: Edition) -> list[str]:
    """Return every address at which words, pictures or the file of an edition are had."""
    own = [
        "",
        "download/",
        "read/",
        "read/1/",
        "read/text/",
        "feed/",
        "cite/",
        "cite/bibtex/",
        "cite/ris/",
        "cite/csl-json/",
    ]
    by_number = ["download/", "read/", "read/1/", "read/text/", "read/1/picture-webp/", "read/1/picture-jpg/"]
    query = f"?anchor_edition=1&anchor_page=1&anchor_quote={ASKED}"
    return [
        *(f"/papers/quahogs/{under}" for under in own),
        *(f"/papers/quahogs/editions/1/{under}" for under in by_number),
        f"/papers/quahogs/read/1/?q={ASKED}",
        edition.document.url,
        *cover_urls(edition),
        reverse("comment_on_passage", args=[edition.paper_id]) + query,
        reverse("request_format", args=[edition.paper_id]),
        reverse("request_copy", args=[edition.paper_id]),
        *public_urls(),
    ]


def cover_urls(edition: Edition) -> list[str]:
    """Return the addresses of the cover, which whoever saw it once may remember."""
    record = FileRecord.objects.get(document=edition.document_id)
    return [str(record.cover_image["url"]), str(record.cover_image["avif"]), record.jpeg_url]


def public_urls() -> list[str]:
    """Return the addresses that tell of all papers at once."""
    harvest = "/oai/?verb=%s&metadataPrefix=oai_dc"
    return [
        "/", "/papers/", "/papers/feed/", "/sitemap.xml", "/discussion/", "/discussion/feed/",
        *(f"/topics/{topic.slug}/{under}" for topic in Topic.objects.all() for under in ("", "feed/")),
        f"/search/?q={ASKED}", "/search/?q=quahog", "/search/?q=quahog&kind=paper",
        harvest % "ListRecords", harvest % "ListIdentifiers", "/oai/?verb=ListSets",
    ]  # fmt: skip


def content_of(client, address: str) -> bytes:
    """Return all that an answer says: its head and its body."""
    response = client.get(address)
    assert response.status_code < 500, address
    body = b"".join(response) if response.streaming else response.content
    head = "\n".join(f"{name}: {value}" for name, value in response.items())
    return head.encode() + b"\n" + body


def leaks(client, edition: Edition, *words: str) -> list[str]:
    """Return the doors that tell one of the words, or hand out a file or a picture."""
    signs = [b"%PDF", b"Content-Type: image/", *(word.encode() for word in words)]
    return [path for path in urls_of(edition) if any(sign in content_of(client, path) for sign in signs)]


@pytest.mark.parametrize("make", HIDDEN, ids=lambda make: make.__name__)
def test_of_a_hidden_paper_nothing_gets_out_at_any_address(client, make):
    assert leaks(client, make(), SECRET, TITLE) == []


@pytest.mark.parametrize("make", CLOSED, ids=lambda make: make.__name__)
def test_of_a_closed_file_nothing_gets_out_at_any_address(client, make):
    edition = make()

    assert leaks(client, edition, SECRET) == []
    assert TITLE in client.get("/papers/quahogs/").content.decode()


def test_a_link_to_a_copy_opens_what_was_granted_and_nothing_that_was_hidden_since(client):
    edition = on_request()
    copy_request = actions.request_copy(edition, name="Ada", email="ada@example.org", purpose="")
    copy_request.resolve("granted", user=None)
    address = reverse("granted_copy", args=[actions.make_copy_token(copy_request)])
    assert b"%PDF" in content_of(client, address)

    edition.paper.unpublish()

    assert b"%PDF" not in content_of(client, address)


def test_the_same_addresses_are_open_for_an_open_paper(client):
    """What the tests above take for a leak is told here: else they would prove nothing."""
    edition = shelved()
    open_ones = leaks(client, edition, SECRET)

    assert {path.partition("?")[0] for path in open_ones} >= {
        "/papers/", "/papers/quahogs/", "/papers/quahogs/download/", "/papers/quahogs/read/1/",
        "/papers/quahogs/read/text/", "/papers/quahogs/editions/1/read/1/picture-webp/", "/search/",
        *cover_urls(edition),
    }  # fmt: skip
    assert {"/oai/", "/sitemap.xml", "/papers/feed/"} <= {
        path.partition("?")[0] for path in leaks(client, Edition.objects.get(), TITLE, "quahogs")
    }
