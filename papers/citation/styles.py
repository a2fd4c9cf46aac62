"""Citations as lines in a list of references, in the usual styles."""

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
    model,
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
STYLES_WITH_GIVEN_NAMES = {"Chicago", "MLA"}
DOUBLE_PUNCTUATION = re.compile(r"([?!.])((?:</i>)?)\.(?=\s|$)")
# citeproc-py escapes the styles' own text but not the item's: these characters pass it as placeholders.
PLACEHOLDERS = str.maketrans({"<": "\ue001", ">": "\ue002", "&": "\ue003"})
ENTITIES = str.maketrans({"\ue001": "&lt;", "\ue002": "&gt;", "\ue003": "&amp;"})
LIST_NUMBER = re.compile(r"^\s*\[1\]\s*")

CSL_TEXT = "{http://purl.org/net/xbiblio/csl}text"
JUST_PRINTED = "just printed"

# The styles hold the state of the item they are rendering.
_lock = Lock()


class Text(model.Text, model.CitationStylesElement):  # type: ignore[misc]
    """A text element that remembers what it has printed; citeproc-py takes the newest class of a name."""

    def _variable(self, item: CitationItem, context: Any) -> Any:
        text = super()._variable(item, context)
        if text:
            context.get_layout().repressed.setdefault(JUST_PRINTED, []).append(self.get("variable"))
        return text


class Substitute(model.Substitute, model.CitationStylesElement):  # type: ignore[misc]
    """What is printed in place of a missing author, and so not again.

    citeproc-py leaves out later only a variable named right here, not one in a macro, and
    printed the title twice.
    """

    def render(self, item: CitationItem, context: Any = None, **kwargs: Any) -> Any:
        context.get_layout().repressed[JUST_PRINTED] = []
        return super().render(item, context=context, **kwargs)

    def add_to_repressed_list(self, child: Any, context: Any) -> None:
        repressed = context.get_layout().repressed
        repressed.setdefault(CSL_TEXT, []).extend(repressed[JUST_PRINTED])


def reference(style: str, item: Item) -> str:
    """Return ``item``, a CSL item, as HTML without tags but italics and the like."""
    return _render(style, json.dumps(item, sort_keys=True, ensure_ascii=False))[0]


def as_text(style: str, item: Item) -> str:
    """Return ``item`` as one line of plain text."""
    return unescape(nh3.clean(reference(style, item), tags=set())) + "\n"


def in_text(style: str, item: Item) -> str:
    """Return the citation of ``item`` in a text, with its ``page`` if it has one, as HTML."""
    return _render(style, json.dumps(item, sort_keys=True, ensure_ascii=False))[1]


@lru_cache(maxsize=2000)
def _render(style: str, item: str) -> tuple[str, str]:
    adapted = adapt_item(json.loads(item.translate(PLACEHOLDERS)))
    page = adapted.pop("page", None)
    locator = {"locator": Locator("page", page)} if page else {}
    with _lock:
        bibliography = CitationStylesBibliography(_style(style), CiteProcJSON([adapted]), formatter.html)
        citation = Citation([CitationItem(adapted["id"], **locator)])
        bibliography.register(citation)
        lines = [str(line) for line in bibliography.bibliography()]
        in_text_citation = str(bibliography.cite(citation, lambda item: None))
    return tidy(" ".join(lines)), sanitize(in_text_citation)


def adapt_item(item: Item) -> Item:
    """Return ``item`` with series and number together, as styles print the kind of a report."""
    adapted = dict(item)
    series = adapted.pop("collection-title", None)
    if series:
        adapted["genre"] = series
    adapted.pop("abstract", None)
    return adapted


def tidy(line: str) -> str:
    """Return a line without its number, and without a period after a question mark."""
    return DOUBLE_PUNCTUATION.sub(r"\1\2", LIST_NUMBER.sub("", sanitize(line)))


def sanitize(html: str) -> str:
    return nh3.clean(html, tags={"i", "b", "sub", "sup"}, attributes={}).translate(ENTITIES)


@cache
def _style(name: str) -> CitationStylesStyle:
    source = etree.parse(FOLDER / f"{STYLES[name]}.csl")
    if name in STYLES_WITH_GIVEN_NAMES:
        # They say initialize="false" where citeproc-py does not look, and it would cut names to initials.
        source.getroot().attrib.pop("initialize-with", None)
    return CitationStylesStyle(io.BytesIO(etree.tostring(source)), validate=False)
