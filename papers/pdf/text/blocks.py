"""From marked content to the parts of a page that have a name: headings, lists, tables, figures.

A block is a dictionary that can be kept as JSON:

    {"kind": "heading", "level": 2, "text": …}     {"kind": "text", "text": …}
    {"kind": "quote", "text": …}                   {"kind": "figure", "text": …}
    {"kind": "list", "items": […]}                 {"kind": "table", "rows": [[{"text": …, "head": …}]]}
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from papers.pdf.text.marked_content import CELLS, Leaf
from papers.pdf.text.paragraphs import BULLET, clean, join

Block = dict[str, Any]

HEADING = re.compile("H([1-6])?")
ENOUGH = 0.6  # of a page's letters; with less in the tree, paragraphs tell more
TEXT = {"P", "Note", "FENote", "Caption", "Code", "BibEntry", "Title", "BlockQuote"}
WITHIN_A_LINE = {"Span", "Link", "Reference", "Annot", "Quote", "Em", "Strong", "Lbl", "Sub"}


def blocks(leaves: Iterable[Leaf], words: dict[int, str]) -> list[Block]:
    """Return the blocks of a page, ``words`` by mark; none where the tree holds too little of them."""
    leaves = [leaf for leaf in leaves if leaf.mark is None or leaf.mark in words]
    told = sum(len(words[mark]) for mark in {leaf.mark for leaf in leaves if leaf.mark is not None})
    if told < ENOUGH * sum(len(text) for text in words.values()) or not leaves:
        return []
    made = [block_of(key, list(group), words) for key, group in groupby(leaves, key=block_key)]
    return [block for block in made if block is not None]


def block_key(leaf: Leaf) -> tuple[str, int]:
    """Return the role and number of the element that makes a block of its own."""
    for role, number in leaf.chain:
        if role in ("L", "Table", "Figure", "Formula", "TOC"):
            return ("L" if role == "TOC" else role), number
    for role, number in reversed(leaf.chain):
        if HEADING.fullmatch(role) or role in TEXT:
            return role, number
    return "P", next((number for role, number in reversed(leaf.chain) if role not in WITHIN_A_LINE), 0)


def block_of(key: tuple[str, int], leaves: list[Leaf], words: dict[int, str]) -> Block | None:
    role, _ = key
    if role in ("Figure", "Formula"):
        text = next((clean(leaf.alternative).strip() for leaf in leaves if leaf.alternative), "")
        return {"kind": "figure", "text": text} if text else text_block("text", leaves, words)
    if role == "L":
        return list_block(leaves, words)
    if role == "Table":
        return table_block(leaves, words)
    if heading := HEADING.fullmatch(role):
        block = text_block("heading", leaves, words)
        return block and block | {"level": int(heading[1] or 1)}
    quoted = role == "BlockQuote" or any(name == "BlockQuote" for name, _ in leaves[0].chain)
    return text_block("quote" if quoted else "text", leaves, words)


def text_block(kind: str, leaves: Iterable[Leaf], words: dict[int, str]) -> Block | None:
    text = said(leaves, words)
    return {"kind": kind, "text": text} if text else None


def list_block(leaves: list[Leaf], words: dict[int, str]) -> Block | None:
    items = [
        BULLET.sub("", said(group, words), count=1).strip() for group in grouped(leaves, within("LI", "TOCI"))
    ]
    items = [item for item in items if item]
    return {"kind": "list", "items": items} if items else None


def table_block(leaves: list[Leaf], words: dict[int, str]) -> Block | None:
    caption = said((leaf for leaf in leaves if within("Caption")(leaf)), words)
    rows = []
    for row in grouped((leaf for leaf in leaves if within("TR")(leaf)), within("TR")):
        cells = grouped((leaf for leaf in row if within(*CELLS)(leaf)), within(*CELLS))
        rows.append([{"text": said(cell, words), "head": bool(within("TH")(cell[0]))} for cell in cells])
    rows = [row for row in rows if row]
    return {"kind": "table", "caption": caption, "rows": rows} if rows else text_block("text", leaves, words)


def within(*roles: str) -> Callable[[Leaf], int]:
    """Return what finds, for a leaf, the number of the innermost element of one of ``roles``; 0 for none."""

    def number(leaf: Leaf) -> int:
        return next((number for role, number in reversed(leaf.chain) if role in roles), 0)

    return number


def grouped(leaves: Iterable[Leaf], key: Callable[[Leaf], int]) -> list[list[Leaf]]:
    return [list(group) for _, group in groupby(leaves, key=key)]


def said(leaves: Iterable[Leaf], words: dict[int, str]) -> str:
    """Return the words of some leaves as one line, divided words made whole."""
    return join("".join(words.get(leaf.mark, "") for leaf in leaves if leaf.mark is not None).splitlines())
