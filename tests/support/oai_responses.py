"""What an answer by OAI-PMH 2.0 may look like, put down from the text of the protocol.

Its official schemas come without a license to hand them on, so this says the
same in our own words: which elements stand where, how often, with which
attributes, and what their text is like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

OAI, OAI_DC, DC = (
    "{http://www.openarchives.org/OAI/2.0/}",
    "{http://www.openarchives.org/OAI/2.0/oai_dc/}",
    "{http://purl.org/dc/elements/1.1/}",
)
LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
VERBS = "Identify ListMetadataFormats ListSets GetRecord ListIdentifiers ListRecords"

# Children in their order; a name may be followed by ?, + or *.
CHILDREN = {
    "OAI-PMH": f"responseDate request ( error+ | {' | '.join(VERBS.split())} )",
    "Identify": "repositoryName baseURL protocolVersion adminEmail+ earliestDatestamp deletedRecord "
    "granularity compression* description*",
    "ListMetadataFormats": "metadataFormat+",
    "metadataFormat": "metadataPrefix schema metadataNamespace",
    "ListSets": "set+ resumptionToken?",
    "set": "setSpec setName setDescription*",
    "GetRecord": "record",
    "ListRecords": "record+ resumptionToken?",
    "ListIdentifiers": "header+ resumptionToken?",
    "record": "header metadata? about*",
    "header": "identifier datestamp setSpec*",
    "metadata": "dc",
}
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
DATE = rf"\d{{4}}-\d\d-\d\d|{MOMENT}"
ADDRESS = r"https?://\S+"
PREFIX = r"[A-Za-z0-9\-_.!~*'()]+"
SET = rf"{PREFIX}(:{PREFIX})*"
TEXT = {
    "responseDate": MOMENT,
    "request": ADDRESS,
    "error": r"(?s).*",
    "repositoryName": r".+",
    "baseURL": ADDRESS,
    "protocolVersion": r"2\.0",
    "adminEmail": r"\S+@(\S+\.)+\S+",
    "earliestDatestamp": DATE,
    "deletedRecord": "no|persistent|transient",
    "granularity": "YYYY-MM-DD|YYYY-MM-DDThh:mm:ssZ",
    "metadataPrefix": PREFIX,
    "schema": ADDRESS,
    "metadataNamespace": ADDRESS,
    "setSpec": SET,
    "setName": r".+",
    "identifier": r"[A-Za-z][A-Za-z0-9+.-]*:\S+",
    "datestamp": DATE,
    "resumptionToken": r"\S*",
}
CODES = (
    "badArgument|badResumptionToken|badVerb|cannotDisseminateFormat|idDoesNotExist|noMetadataFormats"
    "|noRecordsMatch|noSetHierarchy"
)
ATTRIBUTES = {
    "OAI-PMH": {LOCATION: r"\S+ \S+"},
    "request": {
        "verb": VERBS.replace(" ", "|"), "identifier": ".*", "metadataPrefix": PREFIX, "from": DATE,
        "until": DATE, "set": SET, "resumptionToken": ".+",
    },
    "error": {"code": CODES},
    "header": {"status": "deleted"},
    "resumptionToken": {"expirationDate": MOMENT, "completeListSize": r"[1-9]\d*", "cursor": r"\d+"},
    "dc": {LOCATION: r"\S+ \S+"},
}  # fmt: skip
ELEMENTS = (
    "title creator subject description publisher contributor date type format identifier source language "
    "relation coverage rights"
)


def faults(answer: bytes) -> list[str]:
    """Return what the protocol would not have in ``answer``; nothing where it is as it should be."""
    root = etree.fromstring(answer)
    return [*(["the root is another"] if root.tag != f"{OAI}OAI-PMH" else []), *of(root)]


def of(element: etree._Element) -> Iterator[str]:
    name = etree.QName(element).localname
    yield from of_attributes(element, name)
    if element.tag == f"{OAI_DC}dc":
        yield from of_dublin_core(element)
        return
    if not element.tag.startswith(OAI):
        yield f"{element.tag} is none of the protocol's"
    names = "".join(f"{etree.QName(child).localname} " for child in element)
    if name in TEXT and (names or not re.fullmatch(TEXT[name], element.text or "")):
        yield f"{name} says {element.text!r}"
    elif name in CHILDREN and not re.fullmatch(pattern(CHILDREN[name]), names):
        yield f"{name} holds {names or 'nothing'}"
    elif name not in TEXT and name not in CHILDREN:
        yield f"{name} is unknown"
    for child in element:
        yield from of(child)


def of_attributes(element: etree._Element, name: str) -> Iterator[str]:
    allowed = ATTRIBUTES.get(name, {})
    for attribute, value in element.attrib.items():
        if not re.fullmatch(allowed.get(attribute, "(?!)"), value):
            yield f"{name} has {attribute}={value!r}"
    if name == "error" and "code" not in element.attrib:
        yield "an error has no code"


def of_dublin_core(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag not in {f"{DC}{name}" for name in ELEMENTS.split()} or len(child):
            yield f"{child.tag} is none of the fifteen elements"


def pattern(children: str) -> str:
    """Return a model of children as a pattern over their names, each followed by a space."""
    return "".join(
        part if part in "()|" else f"(?:{part.rstrip('?+*')} ){part[len(part.rstrip('?+*')) :]}"
        for part in children.split()
    )
