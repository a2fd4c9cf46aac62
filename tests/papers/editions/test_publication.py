"""On what terms a paper is given out: statements, standing, data, and files whose time is still to come."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import PageViewRestriction

from papers.intake.tasks import release_embargoes
from papers.models import DataFile, Edition, Licence, PageText, PublicationStatus
from publishing.models import SiteDocument
from search.models import Entry
from tests.support.factories import make_paper
from tests.support.paper_files import make_edition, make_editor

pytestmark = pytest.mark.django_db


def make_embargoed(*, days: int = 3, **fields) -> Edition:
    return make_edition(embargoed_until=timezone.now() + timedelta(days=days), **fields)


def doors(client, edition) -> dict[str, int]:
    home = edition.paper.url
    addresses = {
        "newest": f"{home}download/",
        "edition": f"{home}editions/{edition.number}/download/",
        "reader": f"{home}read/1/",
        "edition's reader": f"{home}editions/{edition.number}/read/1/",
        "document": edition.document.url,
    }
    return {door: client.get(address).status_code for door, address in addresses.items()}


def in_days(days: int):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def make_table(paper, name="costs.csv", **fields) -> DataFile:
    document = SiteDocument(title="Costs", file=ContentFile(b"town,cost\nQuabbin,3\n", name))
    document._set_document_file_metadata()
    document.save()
    return DataFile.objects.create(paper=paper, document=document, **fields)


def test_an_embargoed_file_passes_no_door_before_its_day(client):
    edition = make_embargoed()

    assert set(doors(client, edition).values()) <= {403, 404}
    with in_days(4):
        assert set(doors(client, edition).values()) == {200}


def test_the_page_of_an_embargoed_paper_says_from_when(client):
    edition = make_embargoed()

    page = client.get(edition.paper.url).content.decode()

    assert "will be available on" in page
    assert "/download/" not in page.partition("<main")[2]
    assert "citation_pdf_url" not in page
    assert "will be available here on" in client.get(f"{edition.paper.url}download/").content.decode()


def test_an_embargoed_edition_leaves_the_one_before_the_newest(client):
    first = make_edition()
    second = make_embargoed(paper=first.paper)

    assert client.get(f"{first.paper.url}download/")["ETag"].strip('"') == first.record.sha256
    assert not Edition.objects.public().filter(pk=second.pk).exists()


def test_search_finds_the_pages_of_a_file_when_its_time_has_come(kept):
    edition = make_embargoed()
    with kept():
        PageText.objects.create(record=edition.record, number=1, text="Quabbin")
        edition.save()
    assert not Entry.objects.filter(kind=Entry.Kind.PDF_PAGE).exists()

    with in_days(4), kept():
        assert release_embargoes() == 1
        assert release_embargoes() == 0

    assert Entry.objects.filter(kind=Entry.Kind.PDF_PAGE, text="Quabbin").exists()


def test_a_paper_on_request_shows_its_page_and_not_its_file(client):
    edition = make_edition(make_paper(files_on_request=True))

    assert client.get(edition.paper.url).status_code == 200
    assert set(doors(client, edition).values()) <= {403, 404}


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (PublicationStatus.WITHDRAWN, "This paper was withdrawn."),
        (PublicationStatus.OUT_OF_DATE, "This paper is out of date."),
        (PublicationStatus.SUPERSEDED, "This paper was replaced by a newer one."),
    ],
)
def test_a_banner_says_what_became_of_a_paper_while_its_text_stays(client, status, words):
    newer = make_paper() if status == PublicationStatus.SUPERSEDED else None
    paper = make_paper(
        status=status, status_reason="The law changed.", superseded_by=newer,
        abstract="<p>Still here.</p>",
    )  # fmt: skip
    edition = make_edition(paper)
    PageText.objects.create(record=edition.record, number=1, text="Its words, too.")

    page = client.get(paper.url).content.decode()
    read = client.get(f"{paper.url}read/1/").content.decode()

    for shown in (page, read):
        assert words in shown
        assert "The law changed." in shown
    assert "Still here." in page
    assert "Its words, too." in read
    assert client.get(f"{paper.url}download/").status_code == 200


def test_a_superseded_paper_leads_to_what_took_its_place(client):
    newer = make_paper(title="The newer one")
    paper = make_paper(status=PublicationStatus.SUPERSEDED, superseded_by=newer)

    assert f'href="{newer.url}"' in client.get(paper.url).content.decode()
    newer.unpublish()
    assert "The newer one" not in client.get(paper.url).content.decode()


def test_a_paper_that_no_longer_stands_says_why():
    with pytest.raises(ValidationError, match="Enter a reason"):
        make_paper(status=PublicationStatus.WITHDRAWN)
    with pytest.raises(ValidationError, match="that replaces this one"):
        make_paper(status=PublicationStatus.SUPERSEDED, status_reason="Newer.")


def test_statements_stand_on_the_page(client):
    paper = make_paper(
        funding="A foundation.", competing_interests="One author works there.", review="Two readers."
    )

    page = client.get(paper.url).content.decode()

    for words in ("A foundation.", "One author works there.", "Two readers."):
        assert words in page


def test_an_edition_may_have_a_license_of_its_own(client):
    paper = make_paper(licence=Licence.CC_BY)
    make_edition(paper)
    make_edition(paper, licence=Licence.CC_BY_SA)

    page = client.get(paper.url).content.decode()

    assert "CC BY-SA 4.0" in page
    assert 'href="https://creativecommons.org/licenses/by-sa/4.0/" rel="license"' in page


@pytest.mark.parametrize(
    ("licence", "sign"),
    [("cc-by-4.0", "CC BY 4.0"), ("cc-by-nc-4.0", "CC BY-NC 4.0"), ("cc0-1.0", "CC0 1.0"), ("reserved", "©")],
)
def test_every_license_has_its_sign(licence, sign):
    assert Licence(licence).short_name == sign


def test_data_lie_beside_the_paper(client):
    paper = make_paper()
    table = make_table(paper, caption="Table 3: costs by town")

    page = client.get(paper.url).content.decode()

    assert "Table 3: costs by town" in page
    assert b"".join(client.get(table.document.url)).startswith(b"town,cost")


def test_data_of_a_private_paper_are_private(client):
    paper = make_paper()
    table = make_table(paper)
    PageViewRestriction.objects.create(page=paper, restriction_type=PageViewRestriction.LOGIN)

    assert client.get(table.document.url).status_code == 404
    client.force_login(make_editor())
    assert client.get(table.document.url).status_code == 200


def test_data_are_tables():
    table = make_table(make_paper(), name="costs.docx")

    with pytest.raises(ValidationError, match="CSV"):
        table.clean()
