"""Writing answers as XML."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from lxml import etree

from papers.citation import metadata
from papers.oai import records
from papers.oai.models import Harvested
from papers.oai.request import PREFIX, Asked
from papers.oai.sync import now

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = f"{OAI}oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA = f"{OAI}OAI-PMH.xsd"
DC_SCHEMA = f"{OAI}oai_dc.xsd"
# What XML 1.0 can't hold, whatever way it is written.
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def put(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    """Add an element of the protocol with ``text`` in it."""
    element = etree.SubElement(parent, f"{{{OAI}}}{name}", **attributes)
    element.text = NO_XML.sub("", text) or None
    return element


def envelope(words: dict[str, str]) -> etree._Element:
    """Return the root of an answer to ``words``, which are given back only where they made sense."""
    root = etree.Element(f"{{{OAI}}}OAI-PMH", nsmap={None: OAI, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI} {SCHEMA}")
    put(root, "responseDate", records.stamp(now()))
    put(root, "request", f"{settings.BASE_URL}/oai/", **{k: NO_XML.sub("", v) for k, v in words.items()})
    return root


def identify(body: etree._Element, asked: Asked) -> None:
    earliest = Harvested.objects.in_order().first()
    put(body, "repositoryName", settings.WAGTAIL_SITE_NAME)
    put(body, "baseURL", f"{settings.BASE_URL}/oai/")
    put(body, "protocolVersion", "2.0")
    put(body, "adminEmail", settings.DEFAULT_FROM_EMAIL)
    put(body, "earliestDatestamp", records.stamp(earliest.datestamp if earliest else now()))
    put(body, "deletedRecord", "persistent")
    put(body, "granularity", "YYYY-MM-DDThh:mm:ssZ")


def list_metadata_formats(body: etree._Element, asked: Asked) -> None:
    if "identifier" in asked.words:
        records.one(asked.words["identifier"])
    shape = put(body, "metadataFormat")
    put(shape, "metadataPrefix", PREFIX)
    put(shape, "schema", DC_SCHEMA)
    put(shape, "metadataNamespace", OAI_DC)


def list_sets(body: etree._Element, asked: Asked) -> None:
    put_set(body, "papers", "White papers")
    for topic in records.sets():
        put_set(body, f"topic:{topic.slug}", topic.name)


def put_set(body: etree._Element, spec: str, name: str) -> None:
    found = put(body, "set")
    put(found, "setSpec", spec)
    put(found, "setName", name)


def get_record(body: etree._Element, asked: Asked) -> None:
    row = records.one(asked.words["identifier"])
    put_record(body, row, records.papers_of([row]))


def list_records(body: etree._Element, asked: Asked) -> None:
    put_part(body, asked, put_record)


def list_identifiers(body: etree._Element, asked: Asked) -> None:
    put_part(body, asked, put_header)


def put_part(body: etree._Element, asked: Asked, put_one: Callable[..., None]) -> None:
    rows, token, total = records.part(asked)
    papers = records.papers_of(rows)
    for row in rows:
        put_one(body, row, papers)
    if token is not None:
        put(body, "resumptionToken", token, completeListSize=str(total), cursor=str(asked.told))


def put_header(parent: etree._Element, row: Harvested, papers: dict[int, Any]) -> None:
    paper = papers.get(row.paper_number)
    header = put(parent, "header", **({} if paper else {"status": "deleted"}))
    put(header, "identifier", records.identifier(row.paper_number))
    put(header, "datestamp", records.stamp(row.datestamp))
    if paper:
        put(header, "setSpec", "papers")
        for topic in paper.topics:
            put(header, "setSpec", f"topic:{topic.slug}")


def put_record(parent: etree._Element, row: Harvested, papers: dict[int, Any]) -> None:
    record = put(parent, "record")
    put_header(record, row, papers)
    if paper := papers.get(row.paper_number):
        put_dublin_core(put(record, "metadata"), paper)


def put_dublin_core(parent: etree._Element, paper: Any) -> None:
    spaces = {"oai_dc": OAI_DC, "dc": DC, "xsi": XSI}
    core = etree.SubElement(parent, f"{{{OAI_DC}}}dc", nsmap=spaces)
    core.set(f"{{{XSI}}}schemaLocation", f"{OAI_DC} {DC_SCHEMA}")
    for element, value in metadata.dublin_core(paper):
        if value:
            etree.SubElement(core, f"{{{DC}}}{element}").text = NO_XML.sub("", value)


WRITTEN: dict[str, Callable[[etree._Element, Asked], None]] = {
    "Identify": identify,
    "ListMetadataFormats": list_metadata_formats,
    "ListSets": list_sets,
    "GetRecord": get_record,
    "ListIdentifiers": list_identifiers,
    "ListRecords": list_records,
}
