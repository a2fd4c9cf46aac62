"""Writing a work as a line in a list of references, in the styles people are asked for."""

from __future__ import annotations

import io
import json
import re
from functools import cache, lru_cache
from html import unescape
from pathlib import Path
from threading import Lock
from typing import Any

import nh3
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    Locator,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from lxml import etree

Item = dict[str, Any]

FOLDER = Path(__file__).with_name("csl")
STYLES = {
    "APA": "apa",
    "Chicago": "chicago-author-date",
    "MLA": "modern-language-association",
    "Harvard": "harvard-cite-them-right",
    "IEEE": "ieee",
}
WITH_GIVEN_NAMES = {"Chicago", "MLA"}
TWO_STOPS = re.compile(r"([?!.])((?:</i>)?)\.(?=\s|$)")
# citeproc-py escapes the styles' own words, not a work's: these signs go through it in disguise.
DISGUISED = str.maketrans({"<": "\ue001", ">": "\ue002", "&": "\ue003"})
REVEALED = str.maketrans({"\ue001": "&lt;", "\ue002": "&gt;", "\ue003": "&amp;"})
FIRST_OF_LIST = re.compile(r"^\s*\[1\]\s*")

# The styles keep what they are writing on themselves.
_one_at_a_time = Lock()


def reference(style: str, item: Item) -> str:
    """Return ``item``, a CSL item, as HTML of nothing but text and italics."""
    return _written(style, json.dumps(item, sort_keys=True, ensure_ascii=False))[0]


def as_text(style: str, item: Item) -> str:
    """Return ``item`` as one line of plain text."""
    return unescape(nh3.clean(reference(style, item), tags=set())) + "\n"


def in_text(style: str, item: Item) -> str:
    """Return how a text points to ``item``, at its ``page`` if it has one, as HTML."""
    return _written(style, json.dumps(item, sort_keys=True, ensure_ascii=False))[1]


@lru_cache(maxsize=2000)
def _written(style: str, item: str) -> tuple[str, str]:
    shown = for_styles(json.loads(item.translate(DISGUISED)))
    page = shown.pop("page", None)
    at = {"locator": Locator("page", page)} if page else {}
    with _one_at_a_time:
        bibliography = CitationStylesBibliography(_style(style), CiteProcJSON([shown]), formatter.html)
        citation = Citation([CitationItem(shown["id"], **at)])
        bibliography.register(citation)
        lines = [str(line) for line in bibliography.bibliography()]
        pointer = str(bibliography.cite(citation, lambda item: None))
    return tidied(" ".join(lines)), cleaned(pointer)


def for_styles(item: Item) -> Item:
    """Return ``item`` with series and number together, as styles print the kind of a report."""
    shown = dict(item)
    series = shown.pop("collection-title", None)
    if series:
        shown["genre"] = series
    shown.pop("abstract", None)
    return shown


def tidied(line: str) -> str:
    """Return a line without its number, and without a full stop after a question mark."""
    return TWO_STOPS.sub(r"\1\2", FIRST_OF_LIST.sub("", cleaned(line)))


def cleaned(html: str) -> str:
    return nh3.clean(html, tags={"i", "b", "sub", "sup"}, attributes={}).translate(REVEALED)


@cache
def _style(name: str) -> CitationStylesStyle:
    source = etree.parse(FOLDER / f"{STYLES[name]}.csl")
    if name in WITH_GIVEN_NAMES:
        # They say initialize="false" where citeproc-py does not look, and it would cut names to initials.
        source.getroot().attrib.pop("initialize-with", None)
    return CitationStylesStyle(io.BytesIO(etree.tostring(source)), validate=False)
