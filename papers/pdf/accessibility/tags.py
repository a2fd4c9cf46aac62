"""Check the tags of a PDF, which may be many, malformed or circular."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from papers.pdf.accessibility.check import CheckResult, IssueCode

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

MAX_TAGS = 300_000
MAX_ROLE_STEPS = 10  # a role may be mapped to another role
PAGES_WITHOUT_HEADINGS = 3
HEADING = re.compile(r"H([1-9])")
PICTURE_NAME = re.compile(r"\.(png|jpe?g|gif|tiff?|bmp|emf|wmf|svg|webp)$", re.IGNORECASE)

LIST_CHILDREN = {"LI", "L", "Caption", "NonStruct", "Private", "Artifact"}
LIST_ITEM_CHILDREN = {"Lbl", "LBody", "L", "NonStruct", "Private", "Artifact"}

ObjectId = tuple[int, int]


@dataclass(slots=True, eq=False)
class Tag:
    """One tag; ``table`` and ``link`` are itself or its nearest ancestors of that kind."""

    kind: str
    parent: Tag | None
    object_id: ObjectId
    page: int | None
    has_alt_text: bool = False
    table: Tag | None = None
    link: Tag | None = None
    items: int = 0
    has_headers: bool = False
    has_text: bool = False
    is_malformed: bool = False

    @property
    def label(self) -> str:
        return f"{self.kind}, object {self.object_id[0]}" if self.object_id[0] else self.kind

    def set_page(self, page: int | None) -> None:
        """Set the page here and on every ancestor that has none yet."""
        tag: Tag | None = self
        while tag is not None and page is not None and tag.page is None:
            tag.page, tag = page, tag.parent


def check_tags(pdf: Pdf, result: CheckResult, page_numbers: dict[ObjectId, int]) -> set[ObjectId]:
    """Add the issues of the tags; return the annotations whose tag has text."""
    import pikepdf

    root, mark_info = pdf.Root.get("/StructTreeRoot"), pdf.Root.get("/MarkInfo")
    if not isinstance(mark_info, pikepdf.Dictionary):
        mark_info = pikepdf.Dictionary()
    if mark_info.get("/Marked") is not True or not isinstance(root, pikepdf.Dictionary):
        result.add(IssueCode.NOT_TAGGED)
        return set()
    if mark_info.get("/Suspects") is True:
        result.add(IssueCode.TAGS_SUSPECT)
    walk = TagWalker(root, page_numbers)
    tags = list(walk)
    if not tags:
        result.add(IssueCode.NOT_TAGGED, detail="empty")
        return set()
    if walk.is_truncated:
        result.add(IssueCode.UNCHECKED, detail="tags")
    check_structure(tags, result)
    check_headings(tags, result, page_count=len(pdf.pages))
    return {object_id for object_id, link in walk.annotations if link.has_text}


def check_structure(tags: list[Tag], result: CheckResult) -> None:
    for tag in tags:
        if tag.kind in ("Figure", "Formula") and not tag.has_alt_text:
            result.add(IssueCode.FIGURE_WITHOUT_ALTERNATIVE, page=tag.page, object=tag.label)
        elif tag.kind == "Table" and not tag.has_headers:
            result.add(IssueCode.TABLE_WITHOUT_HEADERS, page=tag.page, object=tag.label)
        elif tag.is_malformed or (tag.kind == "L" and not tag.items):
            result.add(IssueCode.LIST_BADLY_BUILT, page=tag.page, object=tag.label)


def check_headings(tags: list[Tag], result: CheckResult, *, page_count: int) -> None:
    previous, has_heading = 0, False
    for tag in tags:
        has_heading = has_heading or tag.kind in ("H", "Title")
        if not (heading := HEADING.fullmatch(tag.kind)):
            continue
        level, has_heading = int(heading[1]), True
        if level > previous + 1:
            detail = f"H{previous} H{level}" if previous else f"H{level}"
            result.add(IssueCode.HEADING_SKIPPED, page=tag.page, object=tag.label, detail=detail)
        previous = level
    if not has_heading and page_count > PAGES_WITHOUT_HEADINGS:
        result.add(IssueCode.NO_HEADINGS)


class TagWalker:
    """Yield every tag once, in reading order; its fields are complete when the walk is over."""

    def __init__(self, root: Object, page_numbers: dict[ObjectId, int]) -> None:
        self.root, self.page_numbers = root, page_numbers
        roles = root.get("/RoleMap")
        self.roles = {str(role): str(kind) for role, kind in roles.items()} if roles is not None else {}
        self.annotations: list[tuple[ObjectId, Tag]] = []
        self.is_truncated = False

    def __iter__(self) -> Iterator[Tag]:
        import pikepdf

        seen: set[ObjectId] = set()
        stack: list[tuple[Any, Tag | None]] = [(child, None) for child in reversed_kids(self.root)]
        count = 0
        while stack:
            child, parent = stack.pop()
            count += 1
            if count > MAX_TAGS:
                self.is_truncated = True
                return
            if not isinstance(child, pikepdf.Dictionary):
                self._mark_text(parent)
                continue
            if "/S" not in child:
                self._add_content(child, parent)
                continue
            if child.is_indirect and child.objgen in seen:
                continue
            seen.add(child.objgen)
            tag = self._tag(child, parent)
            yield tag
            stack += [(grandchild, tag) for grandchild in reversed_kids(child)]

    def _tag(self, element: Object, parent: Tag | None) -> Tag:
        tag = Tag(self._kind(element), parent, element.objgen if element.is_indirect else (0, 0), None)
        tag.table = tag if tag.kind == "Table" else parent.table if parent else None
        tag.link = tag if tag.kind == "Link" else parent.link if parent else None
        alternative = string_at(element, "/Alt") or string_at(element, "/ActualText")
        tag.has_alt_text = bool(alternative) and not PICTURE_NAME.search(alternative)
        tag.set_page(self._page(element))
        if tag.kind == "TH" and tag.table:
            tag.table.has_headers = True
        if tag.link and alternative:
            tag.link.has_text = True
        if parent:
            check_nesting(tag, parent)
        return tag

    def _kind(self, element: Object) -> str:
        kind = str(element.get("/S"))
        for _ in range(MAX_ROLE_STEPS):
            if kind not in self.roles or self.roles[kind] == kind:
                break
            kind = self.roles[kind]
        return kind.removeprefix("/")[:60]

    def _page(self, element: Object) -> int | None:
        page: Any = element.get("/Pg")
        return self.page_numbers.get(page.objgen) if hasattr(page, "objgen") else None

    def _mark_text(self, tag: Tag | None) -> None:
        if tag is None:
            return
        if tag.link:
            tag.link.has_text = True
        if tag.kind == "L":
            tag.is_malformed = True

    def _add_content(self, content: Object, tag: Tag | None) -> None:
        """Add marked content, or an annotation, that is directly in a tag."""
        if tag is None:
            return
        tag.set_page(self._page(content))
        target = content.get("/Obj")
        if target is None:
            self._mark_text(tag)
        elif tag.link and hasattr(target, "objgen"):
            self.annotations.append((target.objgen, tag.link))


def check_nesting(tag: Tag, parent: Tag) -> None:
    """Mark lists and list items that are nested wrongly."""
    if parent.kind == "L":
        parent.items += tag.kind in ("LI", "L")
        parent.is_malformed = parent.is_malformed or tag.kind not in LIST_CHILDREN
    elif parent.kind == "LI" and tag.kind not in LIST_ITEM_CHILDREN:
        parent.is_malformed = True
    elif tag.kind == "LI" and parent.kind not in ("NonStruct", "Private"):
        tag.is_malformed = True


def reversed_kids(element: Object) -> list[Any]:
    """Return the children of an element, last first."""
    import pikepdf

    children = element.get("/K")
    if children is None:
        return []
    return list(children)[::-1] if isinstance(children, pikepdf.Array) else [children]


def string_at(element: Object, key: str) -> str:
    import pikepdf

    value = element.get(key)
    return str(value).strip() if isinstance(value, pikepdf.String) else ""
