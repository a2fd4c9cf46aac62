"""Read the structure tree of a tagged PDF: which text is a heading, a list item, a cell. Runs in the child.

Marked-content identifiers start anew on each page, and a paragraph may begin on
one page and end on the next; so the tree is walked once, and its content is
returned by page.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

PageNumbers = dict[Any, int]  # by the pages' object identifiers
Ancestors = tuple[tuple[str, int], ...]

MAX_ELEMENTS = 100_000
MAX_SECONDS = 6.0  # of processor time
MAX_DEPTH = 60
MAX_ALT_LENGTH = 2_000
CELLS = ("TD", "TH")


@dataclass(frozen=True, slots=True)
class ContentItem:
    """Marked content of a page, by its identifier ``mcid``, and the elements around it, outermost first.

    An element is a pair of role and number. A figure is an item of its own, with
    ``alt_text`` and without ``mcid``; an empty cell has neither.
    """

    ancestors: Ancestors
    mcid: int | None
    alt_text: str = ""


class LimitError(Exception):
    """The tree is larger or deeper than any paper needs, or takes too long."""


def content_by_page(path: str) -> dict[int, list[ContentItem]]:
    """Return the content items by the numbers of their pages, in document order."""
    import pikepdf

    # Anything may be wrong in there, and then the pages are read as plain paragraphs.
    try:
        with pikepdf.open(path) as pdf:
            tree = pdf.Root.get("/StructTreeRoot")
            if tree is None:
                return {}
            pages: PageNumbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
            return ContentWalker(pages, dict(tree.get("/RoleMap") or {})).collect(tree)
    except Exception:
        return {}


class ContentWalker:
    """One walk through the structure tree."""

    def __init__(self, pages: PageNumbers, roles: dict[str, Any]) -> None:
        self.pages = pages
        self.roles = {key.lstrip("/"): str(value).lstrip("/") for key, value in roles.items()}
        self.count = 0
        self.deadline = time.process_time() + MAX_SECONDS
        self.last_page: int | None = None  # of the item before

    def collect(self, tree: Any) -> dict[int, list[ContentItem]]:
        items: dict[int, list[ContentItem]] = {}
        for page, item in self._kids(tree, (), None, 0):
            self.last_page = page
            items.setdefault(page, []).append(item)
        return items

    def _kids(
        self, element: Any, ancestors: Ancestors, page: int | None, depth: int
    ) -> Iterator[tuple[int, ContentItem]]:
        kids = element.get("/K")
        if kids is None:
            return
        for kid in kids if type_of(kids) == "array" else [kids]:
            yield from self._kid(kid, ancestors, page, depth)

    def _kid(
        self, kid: Any, ancestors: Ancestors, page: int | None, depth: int
    ) -> Iterator[tuple[int, ContentItem]]:
        self.count += 1
        if self.count > MAX_ELEMENTS or depth > MAX_DEPTH or time.process_time() > self.deadline:
            raise LimitError
        if type_of(kid) == "number":
            if page is not None:
                yield page, ContentItem(ancestors, int(kid))
            return
        if type_of(kid) != "dictionary":
            return
        here = self.pages.get(kid.Pg.objgen) if "/Pg" in kid else page
        if "/S" in kid:
            yield from self._element(kid, ancestors, here, depth)
        elif "/MCID" in kid and here is not None and "/Stm" not in kid:
            yield here, ContentItem(ancestors, int(kid.MCID))

    def _element(
        self, kid: Any, ancestors: Ancestors, page: int | None, depth: int
    ) -> Iterator[tuple[int, ContentItem]]:
        role = self.role(str(kid.S).lstrip("/"))
        ancestors = (*ancestors, (role, self.count))
        children = list(self._kids(kid, ancestors, page, depth + 1))
        if role in ("Figure", "Formula"):
            alt_text = str(kid.get("/Alt") or "")[:MAX_ALT_LENGTH]
            page_number = page or (children[0][0] if children else None)
            if page_number is not None and alt_text:
                yield page_number, ContentItem(ancestors, None, alt_text)
                return
        if role in CELLS and not children and (page_number := page or self.last_page) is not None:
            # An empty cell keeps those after it in their columns.
            yield page_number, ContentItem(ancestors, None)
        yield from children

    def role(self, name: str) -> str:
        """Return the standard name of a role; follows at most 8 mappings, which may be circular."""
        for _ in range(8):
            if name not in self.roles or self.roles[name] == name:
                break
            name = self.roles[name]
        return name


def type_of(value: Any) -> str:
    import pikepdf

    if isinstance(value, pikepdf.Array):
        return "array"
    if isinstance(value, pikepdf.Dictionary):
        return "dictionary"
    return "number" if isinstance(value, int) and not isinstance(value, bool) else ""
