"""What a harvester may ask, and how a wrong question is answered."""

from __future__ import annotations

import pytest
from oaipmh_scythe.exceptions import IdDoesNotExist, NoRecordsMatch

from papers.oai import records
from tests.support.factories import make_paper
from tests.support.harvester import SPACES, ask, error

pytestmark = pytest.mark.django_db


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
