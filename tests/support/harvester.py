"""A harvester, and what it is answered."""

from __future__ import annotations

import httpx2
from lxml import etree
from oaipmh_scythe import Scythe
from wagtail.models import PageViewRestriction

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
