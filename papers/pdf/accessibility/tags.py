"""Walk through the tags of a PDF, which may be many, odd, or go in circles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from papers.pdf.accessibility.check import Code, Report

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

MOST_TAGS = 300_000
MOST_ROLES = 10  # a role may stand for a role
PAGES_WITHOUT_HEADINGS = 3
HEADING = re.compile(r"H([1-9])")
PICTURE_NAME = re.compile(r"\.(png|jpe?g|gif|tiff?|bmp|emf|wmf|svg|webp)$", re.IGNORECASE)

PARTS_OF_A_LIST = {"LI", "L", "Caption", "NonStruct", "Private", "Artifact"}
PARTS_OF_AN_ITEM = {"Lbl", "LBody", "L", "NonStruct", "Private", "Artifact"}

Place = tuple[int, int]


@dataclass(slots=True, eq=False)
class Tag:
    """One tag; ``table`` and ``link`` are the nearest above it, or itself."""

    kind: str
    parent: Tag | None
    place: Place
    page: int | None
    named: bool = False
    table: Tag | None = None
    link: Tag | None = None
    items: int = 0
    has_headers: bool = False
    has_words: bool = False
    is_badly_built: bool = False

    @property
    def label(self) -> str:
        return f"{self.kind}, object {self.place[0]}" if self.place[0] else self.kind

    def is_on(self, page: int | None) -> None:
        """Note the page, here and on every tag above that has none yet."""
        tag: Tag | None = self
        while tag is not None and page is not None and tag.page is None:
            tag.page, tag = page, tag.parent


def check_tags(pdf: Pdf, report: Report, numbers: dict[Place, int]) -> set[Place]:
    """Add what the tags lack; return which annotations have words in their tag."""
    import pikepdf

    root, marks = pdf.Root.get("/StructTreeRoot"), pdf.Root.get("/MarkInfo")
    if not isinstance(marks, pikepdf.Dictionary):
        marks = pikepdf.Dictionary()
    if marks.get("/Marked") is not True or not isinstance(root, pikepdf.Dictionary):
        report.add(Code.NOT_TAGGED)
        return set()
    if marks.get("/Suspects") is True:
        report.add(Code.TAGS_SUSPECT)
    walk = Walk(root, numbers)
    tags = list(walk)
    if not tags:
        report.add(Code.NOT_TAGGED, detail="empty")
        return set()
    if walk.was_cut:
        report.add(Code.UNCHECKED, detail="tags")
    judge(tags, report)
    judge_headings(tags, report, pages=len(pdf.pages))
    return {place for place, link in walk.annotations if link.has_words}


def judge(tags: list[Tag], report: Report) -> None:
    for tag in tags:
        if tag.kind in ("Figure", "Formula") and not tag.named:
            report.add(Code.FIGURE_WITHOUT_ALTERNATIVE, page=tag.page, object=tag.label)
        elif tag.kind == "Table" and not tag.has_headers:
            report.add(Code.TABLE_WITHOUT_HEADERS, page=tag.page, object=tag.label)
        elif tag.is_badly_built or (tag.kind == "L" and not tag.items):
            report.add(Code.LIST_BADLY_BUILT, page=tag.page, object=tag.label)


def judge_headings(tags: list[Tag], report: Report, *, pages: int) -> None:
    before, any_heading = 0, False
    for tag in tags:
        any_heading = any_heading or tag.kind in ("H", "Title")
        if not (found := HEADING.fullmatch(tag.kind)):
            continue
        level, any_heading = int(found[1]), True
        if level > before + 1:
            detail = f"H{before} H{level}" if before else f"H{level}"
            report.add(Code.HEADING_SKIPPED, page=tag.page, object=tag.label, detail=detail)
        before = level
    if not any_heading and pages > PAGES_WITHOUT_HEADINGS:
        report.add(Code.NO_HEADINGS)


class Walk:
    """Yield every tag once, in the order of reading, and note what belongs to it."""

    def __init__(self, root: Object, numbers: dict[Place, int]) -> None:
        self.root, self.numbers = root, numbers
        roles = root.get("/RoleMap")
        self.roles = {str(role): str(kind) for role, kind in roles.items()} if roles is not None else {}
        self.annotations: list[tuple[Place, Tag]] = []
        self.was_cut = False

    def __iter__(self) -> Iterator[Tag]:
        import pikepdf

        seen: set[Place] = set()
        waiting: list[tuple[Any, Tag | None]] = [(kid, None) for kid in kids(self.root)]
        taken = 0
        while waiting:
            kid, parent = waiting.pop()
            taken += 1
            if taken > MOST_TAGS:
                self.was_cut = True
                return
            if not isinstance(kid, pikepdf.Dictionary):
                self._note_words(parent)
                continue
            if "/S" not in kid:
                self._note_content(kid, parent)
                continue
            if kid.is_indirect and kid.objgen in seen:
                continue
            seen.add(kid.objgen)
            tag = self._tag(kid, parent)
            yield tag
            waiting += [(below, tag) for below in kids(kid)]

    def _tag(self, element: Object, parent: Tag | None) -> Tag:
        tag = Tag(self._kind(element), parent, element.objgen if element.is_indirect else (0, 0), None)
        tag.table = tag if tag.kind == "Table" else parent.table if parent else None
        tag.link = tag if tag.kind == "Link" else parent.link if parent else None
        alternative = said(element, "/Alt") or said(element, "/ActualText")
        tag.named = bool(alternative) and not PICTURE_NAME.search(alternative)
        tag.is_on(self._page(element))
        if tag.kind == "TH" and tag.table:
            tag.table.has_headers = True
        if tag.link and alternative:
            tag.link.has_words = True
        if parent:
            fit_in(tag, parent)
        return tag

    def _kind(self, element: Object) -> str:
        kind = str(element.get("/S"))
        for _ in range(MOST_ROLES):
            if kind not in self.roles or self.roles[kind] == kind:
                break
            kind = self.roles[kind]
        return kind.removeprefix("/")[:60]

    def _page(self, element: Object) -> int | None:
        page: Any = element.get("/Pg")
        return self.numbers.get(page.objgen) if hasattr(page, "objgen") else None

    def _note_words(self, tag: Tag | None) -> None:
        if tag is None:
            return
        if tag.link:
            tag.link.has_words = True
        if tag.kind == "L":
            tag.is_badly_built = True

    def _note_content(self, content: Object, tag: Tag | None) -> None:
        """Note marked content, or an annotation, that stands directly in a tag."""
        if tag is None:
            return
        tag.is_on(self._page(content))
        target = content.get("/Obj")
        if target is None:
            self._note_words(tag)
        elif tag.link and hasattr(target, "objgen"):
            self.annotations.append((target.objgen, tag.link))


def fit_in(tag: Tag, parent: Tag) -> None:
    """Note whether a tag may stand where it does, as far as lists go."""
    if parent.kind == "L":
        parent.items += tag.kind in ("LI", "L")
        parent.is_badly_built = parent.is_badly_built or tag.kind not in PARTS_OF_A_LIST
    elif parent.kind == "LI" and tag.kind not in PARTS_OF_AN_ITEM:
        parent.is_badly_built = True
    elif tag.kind == "LI" and parent.kind not in ("NonStruct", "Private"):
        tag.is_badly_built = True


def kids(element: Object) -> list[Any]:
    """Return what stands beneath, last first."""
    import pikepdf

    below = element.get("/K")
    if below is None:
        return []
    return list(below)[::-1] if isinstance(below, pikepdf.Array) else [below]


def said(element: Object, key: str) -> str:
    import pikepdf

    words = element.get(key)
    return str(words).strip() if isinstance(words, pikepdf.String) else ""
