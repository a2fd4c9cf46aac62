"""Every answer to a harvester has the form that the protocol prescribes."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import etree

from papers.oai import records
from papers.oai.sync import sync_records
from publishing.models import Authorship, TopicLink
from tests.support.factories import make_author, make_paper, make_topic
from tests.support.oai_responses import faults
from tests.support.paper_files import make_edition

pytestmark = pytest.mark.django_db

DC = {"metadataPrefix": "oai_dc"}
LISTS = ["ListIdentifiers", "ListRecords"]


@pytest.fixture
def paper():
    """A paper with everything a record can tell, one of which little is known, and one that is gone."""
    full = make_paper(
        title="Sharing <the> Bus & more", publication_date=date(2024, 5, 14),
        doi="10.1000/182", isbn="9780306406157",
        abstract="<p>Small &amp; strong.</p>", series="White Papers", series_number="1", publisher="We",
    )  # fmt: skip
    Authorship.objects.create(page=full, author=make_author("Teodor Brambleworth"))
    TopicLink.objects.create(page=full, topic=make_topic("Transportation"))
    make_edition(full)
    gone = make_edition(make_paper(title="\x08Odd")).paper
    sync_records()
    gone.unpublish()
    return full


def request_xml(client, **words) -> bytes:
    return client.get("/oai/", words).content


def test_each_of_the_six_verbs_answers_in_form(client, paper):
    one = {"identifier": records.identifier(paper.pk)}
    identifiers = [
        {"verb": "Identify"},
        {"verb": "ListMetadataFormats"},
        {"verb": "ListMetadataFormats"} | one,
        {"verb": "ListSets"},
        {"verb": "GetRecord"} | one | DC,
        *({"verb": verb} | DC for verb in LISTS),
        *(
            {"verb": verb, "from": "2020-01-01", "until": "2100-01-01", "set": "papers"} | DC
            for verb in LISTS
        ),
    ]

    for words in identifiers:
        response_xml = request_xml(client, **words)
        assert faults(response_xml) == [], words
        assert b"<error" not in response_xml, words


def test_a_deleted_record_is_in_form(client, paper):
    response_xml = request_xml(client, verb="ListRecords", **DC)

    assert b'status="deleted"' in response_xml
    assert faults(response_xml) == []


@pytest.mark.parametrize("verb", LISTS)
def test_every_part_of_a_list_is_in_form(client, monkeypatch, verb):
    monkeypatch.setattr(records, "PAGE_SIZE", 2)
    for _ in range(5):
        make_paper()

    response_xml, parts = request_xml(client, verb=verb, **DC), 1
    while token := etree.fromstring(response_xml).findtext(".//{*}resumptionToken"):
        assert faults(response_xml) == []
        response_xml, parts = request_xml(client, verb=verb, resumptionToken=token), parts + 1

    assert faults(response_xml) == []
    assert parts == 3


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"verb": "Steal"},
        {"verb": "ListRecords"},
        {"verb": "ListRecords", "metadataPrefix": "marc"},
        {"verb": "ListRecords", "resumptionToken": "x"},
        {"verb": "ListRecords", "from": "2999-01-01"} | DC,
        {"verb": "ListRecords", "set": "topic:nothing at all"} | DC,
        {"verb": "ListRecords", "set": ""} | DC,
        {"verb": "ListRecords", "metadataPrefix": "a b"},
        {"verb": "GetRecord", "identifier": "nobody's <own>"} | DC,
        {"verb": "GetRecord", "identifier": "oai:nobody:1"} | DC,
        {"verb": "ListMetadataFormats", "identifier": "oai:nobody:1"},
    ],
)
def test_every_refusal_is_in_form(client, words):
    response_xml = request_xml(client, **words)

    assert b"<error" in response_xml
    assert faults(response_xml) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"<protocolVersion>2.0<", b"<protocolVersion>1.1<"),
        (b"</baseURL>", b"</baseURL><baseURL>http://x/</baseURL>"),
        (b"<deletedRecord>persistent</deletedRecord>", b""),
        (b'verb="Identify"', b'verb="Identity"'),
        (b"<Identify>", b"<Identify lang='en'>"),
        (b"Z</responseDate>", b"+00:00</responseDate>"),
    ],
)
def test_what_is_out_of_form_is_noticed(client, right, wrong):
    response_xml = request_xml(client, verb="Identify")
    assert right in response_xml

    assert faults(response_xml.replace(right, wrong))
