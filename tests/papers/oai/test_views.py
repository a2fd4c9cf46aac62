"""Harvesters are told of every paper a stranger may read, by the letter of the protocol."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings
from django.core.cache import cache
from lxml import etree

from publishing.models import Authorship, TopicLink
from tests.support.factories import make_author, make_paper, make_topic
from tests.support.harvester import SPACES, ask
from tests.support.paper_files import make_edition

pytestmark = pytest.mark.django_db


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
