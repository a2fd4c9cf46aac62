"""Harvesters are told of every paper a stranger may read, by the letter of the protocol."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import httpx2
import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from lxml import etree
from oaipmh_scythe import Scythe
from oaipmh_scythe.exceptions import IdDoesNotExist, NoRecordsMatch
from wagtail.models import PageViewRestriction

from papers.models import OAIRecord
from papers.oai import records
from publishing.models import Authorship, TopicLink
from tests.support.factories import make_author, make_paper, make_topic
from tests.support.paper_files import make_edition

pytestmark = pytest.mark.django_db

SPACES = {"o": "http://www.openarchives.org/OAI/2.0/", "dc": "http://purl.org/dc/elements/1.1/"}


class Harvester(Scythe):
    """The real client, calling the application without a network between them."""

    def __init__(self, browser) -> None:
        super().__init__("http://testserver/oai/")
        self.browser = browser

    @property
    def client(self) -> httpx2.Client:
        return httpx2.Client(transport=httpx2.MockTransport(self.respond))

    def respond(self, request: httpx2.Request) -> httpx2.Response:
        response = self.browser.get("/oai/", QUERY_STRING=request.url.query.decode())
        return httpx2.Response(
            response.status_code, content=response.content, headers={"Content-Type": response["Content-Type"]}
        )


@pytest.fixture
def harvester(client) -> Harvester:
    return Harvester(client)


def ask(client, **words):
    """Return the answer's root, sent by POST."""
    response = client.post("/oai/", {name.rstrip("_"): value for name, value in words.items()})
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/xml")
    return etree.fromstring(response.content)


def error(client, **words) -> str:
    return ask(client, **words).find("o:error", SPACES).get("code")


def identifiers(client, **words) -> list[str]:
    response_xml = ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc", **words)
    return [one.text for one in response_xml.iterfind(".//o:identifier", SPACES)]


def restrict(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def test_a_harvester_learns_who_answers(harvester):
    make_paper()

    identity = harvester.identify()

    assert identity.repositoryName == settings.WAGTAIL_SITE_NAME
    assert identity.protocolVersion == "2.0"
    assert identity.deletedRecord == "persistent"
    assert identity.granularity == "YYYY-MM-DDThh:mm:ssZ"
    assert [one.metadataPrefix for one in harvester.list_metadata_formats()] == ["oai_dc"]


def test_a_harvester_takes_a_paper_home(harvester):
    paper = make_paper(
        title="Sharing <the> Bus & more", publication_date=date(2024, 5, 14), doi="10.1000/182"
    )
    Authorship.objects.create(page=paper, author=make_author("Teodor Brambleworth"))
    TopicLink.objects.create(page=paper, topic=make_topic("Transportation"))
    make_edition(paper)

    (record,) = harvester.list_records()

    assert record.metadata["title"] == ["Sharing <the> Bus & more"]
    assert record.metadata["creator"] == ["Brambleworth, Teodor"]
    assert record.metadata["date"] == ["2024-05-14"]
    assert record.metadata["identifier"] == [paper.full_url, "https://doi.org/10.1000/182"]
    assert harvester.get_record(identifier=record.header.identifier).metadata == record.metadata


def test_a_harvester_gets_everything_in_parts(harvester, monkeypatch):
    monkeypatch.setattr(records, "PAGE_SIZE", 3)
    made = {records.identifier(make_paper().pk) for _ in range(8)}

    response_xml = [header.identifier for header in harvester.list_identifiers()]

    assert len(response_xml) == 8
    assert set(response_xml) == made
    assert len(list(harvester.list_records())) == 8


def test_each_part_says_where_it_stands(client, monkeypatch):
    monkeypatch.setattr(records, "PAGE_SIZE", 2)
    for _ in range(3):
        make_paper()

    first = ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc").find(".//o:resumptionToken", SPACES)
    last = ask(client, verb="ListIdentifiers", resumptionToken=first.text)

    assert (first.get("cursor"), first.get("completeListSize")) == ("0", "3")
    token = last.find(".//o:resumptionToken", SPACES)
    assert (token.text, token.get("cursor")) == (None, "2")
    assert len(last.findall(".//o:header", SPACES)) == 1


def test_a_paper_that_is_gone_leaves_word_of_it(client, harvester):
    unpublished, hidden, pulled = make_edition().paper, make_edition().paper, make_edition().paper
    public = make_edition().paper
    assert len(identifiers(client)) == 4

    unpublished.unpublish()
    restrict(hidden)
    pulled.editions.get().withdraw(reason="Wrong numbers.")

    gone = {one.header.identifier for one in harvester.list_records() if one.header.deleted}
    assert gone == {records.identifier(page.pk) for page in (unpublished, hidden, pulled)}
    record = harvester.get_record(identifier=records.identifier(hidden.pk))
    assert record.header.deleted
    assert (
        hidden.title.encode()
        not in client.get(
            f"/oai/?verb=GetRecord&metadataPrefix=oai_dc&identifier={records.identifier(hidden.pk)}"
        ).content
    )
    left = list(harvester.list_records(ignore_deleted=True))
    assert [one.header.identifier for one in left] == [records.identifier(public.pk)]


def test_a_deleted_page_is_remembered(client):
    paper = make_paper()
    number = paper.pk
    identifiers(client)

    paper.delete()

    assert identifiers(client) == [records.identifier(number)]
    assert OAIRecord.objects.get().is_deleted


def test_a_paper_that_comes_back_is_told_again(client):
    paper = make_paper()
    identifiers(client)
    paper.unpublish()
    identifiers(client)

    paper.save_revision().publish()

    assert ask(client, verb="ListRecords", metadataPrefix="oai_dc").find(".//dc:title", SPACES) is not None


def test_nobody_is_told_of_what_never_was_public(client):
    make_paper(live=False)
    restrict(make_paper())

    assert error(client, verb="ListRecords", metadataPrefix="oai_dc") == "noRecordsMatch"


def test_a_harvester_asks_for_what_is_new_only(client):
    start = datetime(2030, 1, 1, 12, tzinfo=UTC)
    with time_machine.travel(start, tick=False):
        first = make_paper()
        identifiers(client)
    with time_machine.travel(start + timedelta(days=1), tick=False):
        second = make_paper()
        identifiers(client)

    assert identifiers(client, from_="2030-01-02") == [records.identifier(second.pk)]
    assert identifiers(client, until="2030-01-01") == [records.identifier(first.pk)]
    assert identifiers(client, from_="2030-01-01T12:00:00Z", until="2030-01-01T12:00:00Z") == [
        records.identifier(first.pk)
    ]
    assert (
        error(client, verb="ListIdentifiers", metadataPrefix="oai_dc", from_="2031-01-01") == "noRecordsMatch"
    )


def test_papers_can_be_asked_for_by_topic(client, harvester):
    paper, topic = make_paper(), make_topic("Finance")
    TopicLink.objects.create(page=paper, topic=topic)
    make_paper()

    assert identifiers(client, set=f"topic:{topic.slug}") == [records.identifier(paper.pk)]
    assert [one.setSpec for one in harvester.list_sets()] == ["papers", f"topic:{topic.slug}"]
    assert len(identifiers(client, set="papers")) == 2


def test_the_client_is_told_of_errors_in_its_own_words(harvester):
    with pytest.raises(IdDoesNotExist):
        harvester.get_record(identifier="oai:elsewhere:1")
    with pytest.raises(NoRecordsMatch):
        list(harvester.list_records())


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({}, "badVerb"),
        ({"verb": "Steal"}, "badVerb"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "Identify", "set": "x"}, "badArgument"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc"}, "badArgument"),
        ({"verb": "GetRecord", "metadataPrefix": "marc", "identifier": "x"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "yesterday"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2030-13-01"}, "badArgument"),
        (
            {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2030-01-02", "until": "2030-01-01"},
            "badArgument",
        ),
        (
            {
                "verb": "ListRecords", "metadataPrefix": "oai_dc",
                "from_": "2030-01-02", "until": "2030-01-03T00:00:00Z",
            },
            "badArgument",
        ),
        ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "x", "set": "y"}, "badArgument"),
        ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "topic:\0"}, "badArgument"),
        ({"verb": "ListMetadataFormats", "identifier": "oai:nobody"}, "idDoesNotExist"),
    ],
)  # fmt: skip
def test_every_wrong_question_gets_its_own_error(client, words, code):
    assert error(client, **words) == code
    named = ask(client, **words).find("o:request", SPACES).attrib
    assert bool(named) == (code not in ("badVerb", "badArgument"))


def test_an_argument_given_twice_is_wrong(client):
    response = client.get("/oai/?verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc")

    assert b'code="badArgument"' in response.content


def test_a_token_of_another_verb_is_none(client, monkeypatch):
    monkeypatch.setattr(records, "PAGE_SIZE", 1)
    make_paper()
    make_paper()
    token = ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc").find(".//o:resumptionToken", SPACES)

    assert error(client, verb="ListRecords", resumptionToken=token.text) == "badResumptionToken"


def test_signs_that_xml_cannot_hold_are_left_out(client):
    make_paper(title="A\x08B\ufffe", introduction="\x0b<![CDATA[")

    record = ask(client, verb="ListRecords", metadataPrefix="oai_dc")

    assert record.find(".//dc:title", SPACES).text == "AB"


def test_get_and_post_are_answered_alike_and_nobody_else(client):
    make_paper()

    got = client.get("/oai/?verb=ListRecords&metadataPrefix=oai_dc")

    assert etree.fromstring(got.content).find(".//o:record", SPACES) is not None
    assert client.put("/oai/").status_code == 405
    assert not got.cookies


def test_a_harvester_in_a_hurry_is_told_when_to_come_again(client, settings):
    cache.clear()
    settings.RATE_LIMITS = {"oai": "1/m/ip"}

    answers = [client.get("/oai/?verb=Identify") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    assert answers[1]["Retry-After"] == "60"
    cache.clear()
