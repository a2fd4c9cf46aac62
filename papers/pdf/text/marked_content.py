"""The child's side of reading what a tagged PDF says about itself: which words are headings, items, cells.

Marks of content count anew on each page, and one paragraph may begin on one
page and end on the next; so the tree is walked once, and what it says is
handed out by page.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Places = dict[Any, int]  # numbers of pages by their objects

MOST_ELEMENTS = 100_000
SECONDS = 6.0  # of the processor
DEEPEST = 60
LONGEST_ALTERNATIVE = 2_000
CELLS = ("TD", "TH")


@dataclass(frozen=True, slots=True)
class Leaf:
    """Marked content ``mark`` of a page, and the elements it stands in, outermost first.

    An element is a pair of role and number. A figure is a leaf of its own, with
    ``alternative`` and without a mark; so is an empty cell, without either.
    """

    chain: tuple[tuple[str, int], ...]
    mark: int | None
    alternative: str = ""


class TooMuch(Exception):
    """The tree is larger or deeper than any paper needs, or takes too long."""


def leaves_by_page(path: str) -> dict[int, list[Leaf]]:
    """Return the leaves by the numbers of their pages, in the order of the document."""
    import pikepdf

    # Anything may be wrong in there, and then the pages are read as plain paragraphs.
    try:
        with pikepdf.open(path) as pdf:
            tree = pdf.Root.get("/StructTreeRoot")
            if tree is None:
                return {}
            pages: Places = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
            return Walk(pages, dict(tree.get("/RoleMap") or {})).through(tree)
    except Exception:
        return {}


class Walk:
    """One way through the tree."""

    def __init__(self, pages: Places, roles: dict[str, Any]) -> None:
        self.pages = pages
        self.roles = {key.lstrip("/"): str(value).lstrip("/") for key, value in roles.items()}
        self.count = 0
        self.ends_at = time.process_time() + SECONDS
        self.last: int | None = None  # the page of the leaf before

    def through(self, tree: Any) -> dict[int, list[Leaf]]:
        found: dict[int, list[Leaf]] = {}
        for page, leaf in self._kids(tree, (), None, 0):
            self.last = page
            found.setdefault(page, []).append(leaf)
        return found

    def _kids(self, element: Any, chain: tuple, page: int | None, depth: int) -> Iterator[tuple[int, Leaf]]:
        kids = element.get("/K")
        if kids is None:
            return
        for kid in kids if type_of(kids) == "array" else [kids]:
            yield from self._kid(kid, chain, page, depth)

    def _kid(self, kid: Any, chain: tuple, page: int | None, depth: int) -> Iterator[tuple[int, Leaf]]:
        self.count += 1
        if self.count > MOST_ELEMENTS or depth > DEEPEST or time.process_time() > self.ends_at:
            raise TooMuch
        if type_of(kid) == "number":
            if page is not None:
                yield page, Leaf(chain, int(kid))
            return
        if type_of(kid) != "dictionary":
            return
        here = self.pages.get(kid.Pg.objgen) if "/Pg" in kid else page
        if "/S" in kid:
            yield from self._element(kid, chain, here, depth)
        elif "/MCID" in kid and here is not None and "/Stm" not in kid:
            yield here, Leaf(chain, int(kid.MCID))

    def _element(self, kid: Any, chain: tuple, page: int | None, depth: int) -> Iterator[tuple[int, Leaf]]:
        role = self.role(str(kid.S).lstrip("/"))
        chain = (*chain, (role, self.count))
        inside = list(self._kids(kid, chain, page, depth + 1))
        if role in ("Figure", "Formula"):
            alternative = str(kid.get("/Alt") or "")[:LONGEST_ALTERNATIVE]
            on = page or (inside[0][0] if inside else None)
            if on is not None and alternative:
                yield on, Leaf(chain, None, alternative)
                return
        if role in CELLS and not inside and (on := page or self.last) is not None:
            yield on, Leaf(chain, None)  # an empty cell keeps those after it in their columns
        yield from inside

    def role(self, name: str) -> str:
        """Return the standard name of a role; chains of names that lead in a circle end somewhere."""
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
