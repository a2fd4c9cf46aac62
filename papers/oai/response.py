"""Responses as XML."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from lxml import etree

from papers.citation import metadata
from papers.oai import records
from papers.oai.models import OAIRecord
from papers.oai.request import METADATA_PREFIX, OAIRequest
from papers.oai.sync import now

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = f"{OAI}oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA = f"{OAI}OAI-PMH.xsd"
DC_SCHEMA = f"{OAI}oai_dc.xsd"
# Characters that XML 1.0 cannot hold, escaped or not.
INVALID_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    """Add an element of the protocol with ``text`` as its content."""
    element = etree.SubElement(parent, f"{{{OAI}}}{name}", **attributes)
    element.text = INVALID_XML.sub("", text) or None
    return element


def envelope(arguments: dict[str, str]) -> etree._Element:
    """Return the root of a response, with the arguments of the request as attributes."""
    root = etree.Element(f"{{{OAI}}}OAI-PMH", nsmap={None: OAI, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI} {SCHEMA}")
    add(root, "responseDate", records.format_datestamp(now()))
    attributes = {name: INVALID_XML.sub("", value) for name, value in arguments.items()}
    add(root, "request", f"{settings.BASE_URL}/oai/", **attributes)
    return root


def identify(body: etree._Element, oai_request: OAIRequest) -> None:
    earliest = OAIRecord.objects.in_order().first()
    add(body, "repositoryName", settings.WAGTAIL_SITE_NAME)
    add(body, "baseURL", f"{settings.BASE_URL}/oai/")
    add(body, "protocolVersion", "2.0")
    add(body, "adminEmail", settings.DEFAULT_FROM_EMAIL)
    add(body, "earliestDatestamp", records.format_datestamp(earliest.datestamp if earliest else now()))
    add(body, "deletedRecord", "persistent")
    add(body, "granularity", "YYYY-MM-DDThh:mm:ssZ")


def list_metadata_formats(body: etree._Element, oai_request: OAIRequest) -> None:
    if "identifier" in oai_request.arguments:
        records.get_record(oai_request.arguments["identifier"])
    element = add(body, "metadataFormat")
    add(element, "metadataPrefix", METADATA_PREFIX)
    add(element, "schema", DC_SCHEMA)
    add(element, "metadataNamespace", OAI_DC)


def list_sets(body: etree._Element, oai_request: OAIRequest) -> None:
    add_set(body, "papers", "White papers")
    for topic in records.sets():
        add_set(body, f"topic:{topic.slug}", topic.name)


def add_set(body: etree._Element, spec: str, name: str) -> None:
    element = add(body, "set")
    add(element, "setSpec", spec)
    add(element, "setName", name)


def get_record(body: etree._Element, oai_request: OAIRequest) -> None:
    row = records.get_record(oai_request.arguments["identifier"])
    add_record(body, row, records.papers_for([row]))


def list_records(body: etree._Element, oai_request: OAIRequest) -> None:
    add_page(body, oai_request, add_record)


def list_identifiers(body: etree._Element, oai_request: OAIRequest) -> None:
    add_page(body, oai_request, add_header)


def add_page(body: etree._Element, oai_request: OAIRequest, add_one: Callable[..., None]) -> None:
    rows, token, total = records.get_page(oai_request)
    papers = records.papers_for(rows)
    for row in rows:
        add_one(body, row, papers)
    if token is not None:
        add(body, "resumptionToken", token, completeListSize=str(total), cursor=str(oai_request.delivered))


def add_header(parent: etree._Element, row: OAIRecord, papers: dict[int, Any]) -> None:
    paper = papers.get(row.paper_number)
    header = add(parent, "header", **({} if paper else {"status": "deleted"}))
    add(header, "identifier", records.identifier(row.paper_number))
    add(header, "datestamp", records.format_datestamp(row.datestamp))
    if paper:
        add(header, "setSpec", "papers")
        for topic in paper.topics:
            add(header, "setSpec", f"topic:{topic.slug}")


def add_record(parent: etree._Element, row: OAIRecord, papers: dict[int, Any]) -> None:
    record = add(parent, "record")
    add_header(record, row, papers)
    if paper := papers.get(row.paper_number):
        add_dublin_core(add(record, "metadata"), paper)


def add_dublin_core(parent: etree._Element, paper: Any) -> None:
    namespaces = {"oai_dc": OAI_DC, "dc": DC, "xsi": XSI}
    core = etree.SubElement(parent, f"{{{OAI_DC}}}dc", nsmap=namespaces)
    core.set(f"{{{XSI}}}schemaLocation", f"{OAI_DC} {DC_SCHEMA}")
    for element, value in metadata.dublin_core(paper):
        if value:
            etree.SubElement(core, f"{{{DC}}}{element}").text = INVALID_XML.sub("", value)


HANDLERS: dict[str, Callable[[etree._Element, OAIRequest], None]] = {
    "Identify": identify,
    "ListMetadataFormats": list_metadata_formats,
    "ListSets": list_sets,
    "GetRecord": get_record,
    "ListIdentifiers": list_identifiers,
    "ListRecords": list_records,
}
