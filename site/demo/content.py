"""The demo's words, read from the files beside this module."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from markdown_it import MarkdownIt

FOLDER = Path(__file__).parent
Words = dict[str, Any]

_markdown = MarkdownIt("commonmark")


def read(name: str) -> Words:
    """Return one file of words, ``content/authors.toml`` for instance."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def posts() -> list[Words]:
    """Return all posts, oldest first."""
    found = [
        tomllib.loads(path.read_text(encoding="utf-8")) for path in (FOLDER / "content/posts").glob("*.toml")
    ]
    return sorted(found, key=lambda post: post["posted"])


def html(markdown: str) -> str:
    return _markdown.render(markdown).strip()


def body(parts: list[Words], pages: dict[str, int]) -> list[Words]:
    """Return the raw blocks of a body; ``pages`` tells the keys of pages by slug.

    A card for a page that isn't there yet is left out.
    """
    blocks = []
    for number, part in enumerate(parts):
        ((kind, value),) = part.items()
        block = BLOCKS[kind](value, pages)
        if block:
            block["id"] = str(uuid5(NAMESPACE_URL, f"{number}:{kind}:{value}"))
            blocks.append(block)
    return blocks


def text(value: str, pages: dict[str, int]) -> Words:
    return {"type": "text", "value": html(value)}


def quote(value: Words, pages: dict[str, int]) -> Words:
    return {"type": "pull_quote", "value": {"words": value["words"], "by": value.get("by", "")}}


def callout(value: Words, pages: dict[str, int]) -> Words:
    return {"type": "call_out", "value": {"title": value["title"], "text": html(value["text"])}}


def card(value: Words, pages: dict[str, int]) -> Words | None:
    page = pages.get(value["page"])
    return {"type": "card", "value": {"page": page}} if page else None


def table(value: Words, pages: dict[str, int]) -> Words:
    rows = [[str(cell) for cell in row] for row in value["rows"]]
    kinds = [
        "number" if all(is_number(row[at]) for row in rows) else "text" for at in range(len(value["columns"]))
    ]
    columns = [
        {"type": kind, "heading": heading} for kind, heading in zip(kinds, value["columns"], strict=True)
    ]
    typed = {"columns": columns, "rows": [{"values": row} for row in rows]}
    return {
        "type": "table",
        "value": {"caption": value["caption"], "rows": typed, "source": value.get("source", "")},
    }


def is_number(cell: str) -> bool:
    return cell[:1] in "$\u2013-0123456789" and any(letter.isdigit() for letter in cell)


BLOCKS = {"text": text, "quote": quote, "callout": callout, "card": card, "table": table}
