"""The demo's content, read from the files beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from markdown_it import MarkdownIt

FOLDER = Path(__file__).parent
Data = dict[str, Any]

_markdown = MarkdownIt("commonmark")


def read(name: str) -> Data:
    """Return the content of one file, for example ``content/authors.toml``."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def posts() -> list[Data]:
    """Return all posts, oldest first."""
    entries = [
        tomllib.loads(path.read_text(encoding="utf-8")) for path in (FOLDER / "content/posts").glob("*.toml")
    ]
    return sorted(entries, key=lambda post: post["posted"])


def html(markdown: str) -> str:
    return _markdown.render(markdown).strip()


def body(parts: list[Data], pages: dict[str, int]) -> list[Data]:
    """Return the raw blocks of a body; ``pages`` tells the keys of pages by slug.

    A card for a page that isn't there yet is left out.
    """
    blocks: list[Data] = []
    for number, part in enumerate(parts):
        ((kind, value),) = part.items()
        block = BLOCKS[kind](value, pages)
        if block:
            block["id"] = str(uuid5(NAMESPACE_URL, f"{number}:{kind}:{value}"))
            blocks.append(block)
    return blocks


def text(value: str, pages: dict[str, int]) -> Data:
    return {"type": "text", "value": html(value)}


def quote(value: Data, pages: dict[str, int]) -> Data:
    return {"type": "pull_quote", "value": {"words": value["words"], "by": value.get("by", "")}}


def callout(value: Data, pages: dict[str, int]) -> Data:
    return {"type": "call_out", "value": {"title": value["title"], "text": html(value["text"])}}


def card(value: Data, pages: dict[str, int]) -> Data | None:
    page = pages.get(value["page"])
    return {"type": "card", "value": {"page": page}} if page else None


def table(value: Data, pages: dict[str, int]) -> Data:
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


BLOCKS: dict[str, Callable[[Any, dict[str, int]], Data | None]] = {
    "text": text,
    "quote": quote,
    "callout": callout,
    "card": card,
    "table": table,
}
