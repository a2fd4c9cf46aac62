"""Which records a harvester gets, and in which parts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from papers.oai import records
from publishing.models import TopicLink
from tests.support.factories import make_paper, make_topic
from tests.support.harvester import SPACES, ask, error, identifiers

pytestmark = pytest.mark.django_db


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
