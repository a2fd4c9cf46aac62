"""On what terms a paper is given out: statements, standing, data, and files whose time is still to come."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import PageViewRestriction

from papers.editions.jobs import release_embargoes
from papers.models import DataFile, Edition, Licence, PageText, Paper, PublicationStatus
from publishing.models import SiteDocument
from search.models import Entry
from tests.support.factories import make_paper
from tests.support.paper_files import make_edition, make_editor

pytestmark = pytest.mark.django_db


def make_embargoed(*, days: int = 3, **fields) -> Edition:
    return make_edition(embargoed_until=timezone.now() + timedelta(days=days), **fields)


def statuses_of(client, edition) -> dict[str, int]:
    home = edition.paper.url
    addresses = {
        "newest": f"{home}download/",
        "edition": f"{home}editions/{edition.number}/download/",
        "reader": f"{home}read/1/",
        "edition's reader": f"{home}editions/{edition.number}/read/1/",
        "document": edition.document.url,
    }
    return {path: client.get(address).status_code for path, address in addresses.items()}


def in_days(days: int):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def make_table(paper, name="costs.csv", **fields) -> DataFile:
    document = SiteDocument(title="Costs", file=ContentFile(b"town,cost\nQuabbin,3\n", name))
    document._set_document_file_metadata()
    document.save()
    return DataFile.objects.create(paper=paper, document=document, **fields)


def test_an_embargoed_file_passes_no_address_before_its_day(client):
    edition = make_embargoed()

    assert set(statuses_of(client, edition).values()) <= {403, 404}
    with in_days(4):
        assert set(statuses_of(client, edition).values()) == {200}


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


def test_search_finds_the_pages_of_a_file_when_its_time_has_come(run_on_commit):
    edition = make_embargoed()
    with run_on_commit():
        PageText.objects.create(record=edition.record, number=1, text="Quabbin")
        edition.save()
    assert not Entry.objects.filter(kind=Entry.Kind.PDF_PAGE).exists()

    with in_days(4), run_on_commit():
        assert release_embargoes() == 1
        assert release_embargoes() == 0

    assert Entry.objects.filter(kind=Entry.Kind.PDF_PAGE, text="Quabbin").exists()


def test_a_paper_on_request_shows_its_page_and_not_its_file(client):
    edition = make_edition(make_paper(files_on_request=True))

    assert client.get(edition.paper.url).status_code == 200
    assert set(statuses_of(client, edition).values()) <= {403, 404}


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (PublicationStatus.WITHDRAWN, "This white paper was withdrawn."),
        (PublicationStatus.OUT_OF_DATE, "This white paper is out of date."),
        (PublicationStatus.SUPERSEDED, "This white paper was replaced by a newer one."),
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
    ("licence", "sign", "path"),
    [
        ("cc-by-4.0", "CC BY 4.0", "licenses/by/4.0/"),
        ("cc-by-sa-4.0", "CC BY-SA 4.0", "licenses/by-sa/4.0/"),
        ("cc-by-nc-4.0", "CC BY-NC 4.0", "licenses/by-nc/4.0/"),
        ("cc0-1.0", "CC0 1.0", "publicdomain/zero/1.0/"),
    ],
)
def test_every_license_has_its_sign_and_its_text(licence, sign, path):
    assert Licence(licence).short_name == sign
    assert Licence(licence).url == f"https://creativecommons.org/{path}"


def test_reserved_rights_have_a_sign_and_no_text():
    assert (Licence.RESERVED.short_name, Licence.RESERVED.url) == ("©", "")


def complaints(**fields):
    """Return which fields of a paper with these terms are wrong, and normalize the others."""
    paper = Paper(title="Shared buses", **fields)
    try:
        paper.clean()
    except ValidationError as error:
        return set(error.message_dict)
    return set()


@pytest.mark.parametrize(
    ("status", "reason", "has_successor", "wrong"),
    [
        ("current", "", False, set()),
        ("current", "", True, set()),
        ("withdrawn", "", False, {"status_reason"}),
        ("withdrawn", "A table was wrong.", False, set()),
        ("out-of-date", "", False, {"status_reason"}),
        ("out-of-date", "", True, set()),
        ("superseded", "", False, {"status_reason", "superseded_by"}),
        ("superseded", "The law changed.", False, {"superseded_by"}),
        ("superseded", "", True, set()),
    ],
)
def test_a_paper_that_is_not_current_needs_a_reason_or_a_successor(status, reason, has_successor, wrong):
    successor = make_paper() if has_successor else None

    assert complaints(status=status, status_reason=reason, superseded_by=successor) == wrong


def test_a_paper_cannot_replace_itself():
    paper = make_paper()

    assert complaints(pk=paper.pk, superseded_by=paper) == {"superseded_by"}
    assert complaints(pk=make_paper().pk, superseded_by=paper) == set()
    assert complaints(pk=None) == set()


@pytest.mark.parametrize(
    ("entered", "stored"),
    [
        ({"doi": "https://doi.org/10.1000/182"}, ("10.1000/182", "")),
        ({"isbn": "978-0-306-40615-7"}, ("", "9780306406157")),
        ({"doi": "10.1000/182", "isbn": "0-306-40615-2"}, ("10.1000/182", "9780306406157")),
        ({"doi": "none", "isbn": "978-0-306-40615-7"}, ("none", "978-0-306-40615-7")),
        ({}, ("", "")),
    ],
)
def test_identifiers_are_stored_in_one_form_and_wrong_ones_left_to_their_fields(entered, stored):
    paper = Paper(title="Shared buses", **entered)

    paper.clean()

    assert (paper.doi, paper.isbn) == stored
    assert paper.doi_url == (f"https://doi.org/{paper.doi}" if paper.doi else "")


def test_a_paper_is_current_until_it_is_said_to_be_something_else():
    assert Paper().is_current
    assert Paper(status="current").is_current
    assert not any(Paper(status=status).is_current for status in ("out-of-date", "superseded", "withdrawn"))


def test_disclosures_are_those_that_were_made_under_their_labels():
    paper = Paper(funding="A foundation.", review="Two readers.")

    assert [(str(label), text) for label, text in paper.disclosures] == [
        ("Funding", "A foundation."),
        ("Review", "Two readers."),
    ]
    assert Paper().disclosures == []


def test_a_data_file_says_what_it_is(settings):
    table = make_table(make_paper())

    assert str(table) == "Costs"
    assert str(DataFile(document=table.document, caption="Table 3")) == "Table 3"
    assert table.full_url == f"{settings.BASE_URL}{table.document.url}"
    assert table.content_type == "text/csv"
    assert table.file_summary == "CSV, 20\xa0bytes"


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


@pytest.mark.parametrize("name", ["costs.csv", "costs.XLSX", "costs.ods"])
def test_data_are_tables(name):
    make_table(make_paper(), name=name).clean()


@pytest.mark.parametrize("name", ["costs.docx", "costs.pdf", "csv"])
def test_other_files_are_no_data(name):
    table = make_table(make_paper(), name=name)

    with pytest.raises(ValidationError, match="Choose a CSV file or a spreadsheet"):
        table.clean()


def test_data_without_a_file_are_left_to_their_field():
    DataFile(paper=make_paper()).clean()
