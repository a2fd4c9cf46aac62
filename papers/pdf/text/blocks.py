"""Build the blocks of a tagged page from its marked content: headings, lists, tables, figures.

A block is a dictionary that can be stored as JSON:

    {"kind": "heading", "level": 2, "text": …}     {"kind": "text", "text": …}
    {"kind": "quote", "text": …}                   {"kind": "figure", "text": …}
    {"kind": "list", "items": […]}                 {"kind": "table", "rows": [[{"text": …, "head": …}]]}
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from papers.pdf.text.marked_content import CELLS, ContentItem
from papers.pdf.text.paragraphs import BULLET, clean, join_lines

Block = dict[str, Any]

HEADING = re.compile("H([1-6])?")
MIN_TAGGED_RATIO = 0.6  # of a page's characters; with less in the tags, plain paragraphs are better
TEXT_ROLES = {"P", "Note", "FENote", "Caption", "Code", "BibEntry", "Title", "BlockQuote"}
INLINE_ROLES = {"Span", "Link", "Reference", "Annot", "Quote", "Em", "Strong", "Lbl", "Sub"}


def build_blocks(items: Iterable[ContentItem], texts: dict[int, str]) -> list[Block]:
    """Return the blocks of a page; none where too little of its text is tagged.

    ``texts`` holds the page's text by marked-content identifier.
    """
    items = [item for item in items if item.mcid is None or item.mcid in texts]
    tagged_length = sum(len(texts[mcid]) for mcid in {item.mcid for item in items if item.mcid is not None})
    if tagged_length < MIN_TAGGED_RATIO * sum(len(text) for text in texts.values()) or not items:
        return []
    built = [build_block(key, list(group), texts) for key, group in groupby(items, key=block_key)]
    return [block for block in built if block is not None]


def block_key(item: ContentItem) -> tuple[str, int]:
    """Return role and number of the element whose items form one block."""
    for role, number in item.ancestors:
        if role in ("L", "Table", "Figure", "Formula", "TOC"):
            return ("L" if role == "TOC" else role), number
    for role, number in reversed(item.ancestors):
        if HEADING.fullmatch(role) or role in TEXT_ROLES:
            return role, number
    return "P", next((number for role, number in reversed(item.ancestors) if role not in INLINE_ROLES), 0)


def build_block(key: tuple[str, int], items: list[ContentItem], texts: dict[int, str]) -> Block | None:
    role, _ = key
    if role in ("Figure", "Formula"):
        text = next((clean(item.alt_text).strip() for item in items if item.alt_text), "")
        return {"kind": "figure", "text": text} if text else build_text("text", items, texts)
    if role == "L":
        return build_list(items, texts)
    if role == "Table":
        return build_table(items, texts)
    if heading := HEADING.fullmatch(role):
        block = build_text("heading", items, texts)
        return block and block | {"level": int(heading[1] or 1)}
    is_quote = role == "BlockQuote" or any(name == "BlockQuote" for name, _ in items[0].ancestors)
    return build_text("quote" if is_quote else "text", items, texts)


def build_text(kind: str, items: Iterable[ContentItem], texts: dict[int, str]) -> Block | None:
    text = text_of(items, texts)
    return {"kind": kind, "text": text} if text else None


def build_list(items: list[ContentItem], texts: dict[int, str]) -> Block | None:
    entries = [
        BULLET.sub("", text_of(group, texts), count=1).strip()
        for group in group_by(items, innermost("LI", "TOCI"))
    ]
    entries = [entry for entry in entries if entry]
    return {"kind": "list", "items": entries} if entries else None


def build_table(items: list[ContentItem], texts: dict[int, str]) -> Block | None:
    caption = text_of((item for item in items if innermost("Caption")(item)), texts)
    rows = []
    for row in group_by((item for item in items if innermost("TR")(item)), innermost("TR")):
        cells = group_by((item for item in row if innermost(*CELLS)(item)), innermost(*CELLS))
        rows.append(
            [{"text": text_of(cell, texts), "head": bool(innermost("TH")(cell[0]))} for cell in cells]
        )
    rows = [row for row in rows if row]
    return {"kind": "table", "caption": caption, "rows": rows} if rows else build_text("text", items, texts)


def innermost(*roles: str) -> Callable[[ContentItem], int]:
    """Return a key function: the number of an item's innermost element of one of ``roles``, 0 for none."""

    def number(item: ContentItem) -> int:
        return next((number for role, number in reversed(item.ancestors) if role in roles), 0)

    return number


def group_by(items: Iterable[ContentItem], key: Callable[[ContentItem], int]) -> list[list[ContentItem]]:
    return [list(group) for _, group in groupby(items, key=key)]


def text_of(items: Iterable[ContentItem], texts: dict[int, str]) -> str:
    """Return the text of some items on one line, words divided at line ends joined."""
    return join_lines(
        "".join(texts.get(item.mcid, "") for item in items if item.mcid is not None).splitlines()
    )
