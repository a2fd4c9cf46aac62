"""What was once told to harvesters is remembered, however it went."""

from __future__ import annotations

import pytest

from papers.models import OAIRecord
from papers.oai import records
from tests.support.factories import make_paper
from tests.support.harvester import SPACES, ask, error, identifiers, restrict
from tests.support.paper_files import make_edition

pytestmark = pytest.mark.django_db


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
