"""Atom feeds, as a program reads them."""

from __future__ import annotations

from xml.etree import ElementTree

ATOM = {"atom": "http://www.w3.org/2005/Atom"}


def entries(response) -> list[str]:
    return [
        title.text
        for title in ElementTree.fromstring(response.content).iterfind("atom:entry/atom:title", ATOM)
    ]
