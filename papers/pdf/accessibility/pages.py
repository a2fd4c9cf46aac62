"""Check the pages of a PDF one by one: links, fields, fonts and images."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from papers.pdf.accessibility.check import CheckResult, IssueCode
from papers.pdf.accessibility.fonts import maps_to_unicode

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

MAX_PAGES = 5000
MAX_ITEMS_PER_PAGE = 5000
MAX_FORM_DEPTH = 4
MAX_PARENTS = 32
HIDDEN = 2  # an annotation flag

ObjectId = tuple[int, int]


def number_pages(pdf: Pdf) -> dict[ObjectId, int]:
    """Return the page numbers by the pages' object identifiers."""
    numbers = {}
    for number, page in enumerate(pdf.pages, start=1):
        if number > MAX_PAGES:
            break
        numbers[page.obj.objgen] = number
    return numbers


def check_pages(pdf: Pdf, result: CheckResult, described_in_tags: set[ObjectId]) -> list[int]:
    """Add the issues of the pages; return the numbers of those with an image."""
    pictures: list[int] = []
    checked: set[ObjectId] = set()
    for number, page in enumerate(pdf.pages, start=1):
        if number > MAX_PAGES:
            result.add(IssueCode.UNCHECKED, detail="pages")
            break
        annotations = visible_annotations(page.obj)
        if annotations and str(page.obj.get("/Tabs")) != "/S":
            result.add(IssueCode.TAB_ORDER, page=number)
        for annotation in annotations:
            check_annotation(annotation, result, number, described_in_tags)
        if check_resources(inherited(page.obj, "/Resources"), result, number, checked):
            pictures.append(number)
    return pictures


def visible_annotations(page: Object) -> list[Object]:
    """Return the annotations a reader can reach on a page, without hidden ones and pop-ups."""
    import pikepdf

    listed = page.get("/Annots")
    if not isinstance(listed, pikepdf.Array):
        return []
    annotations = [one for one in list(listed)[:MAX_ITEMS_PER_PAGE] if isinstance(one, pikepdf.Dictionary)]
    return [
        one
        for one in annotations
        if not flags(one) & HIDDEN and str(one.get("/Subtype")) not in ("/Popup", "/PrinterMark")
    ]


def flags(annotation: Object) -> int:
    value = annotation.get("/F")
    return value if isinstance(value, int) else 0


def check_annotation(
    annotation: Object, result: CheckResult, page: int, described_in_tags: set[ObjectId]
) -> None:
    kind = str(annotation.get("/Subtype"))
    if kind == "/Link":
        is_described = string_at(annotation, "/Contents") or (
            annotation.is_indirect and annotation.objgen in described_in_tags
        )
        if not is_described:
            result.add(
                IssueCode.LINK_WITHOUT_TEXT, page=page, object=label(annotation), detail=target_of(annotation)
            )
    elif kind == "/Widget" and not any(string_at(field, "/TU") for field in field_and_parents(annotation)):
        result.add(
            IssueCode.FIELD_WITHOUT_NAME,
            page=page,
            object=label(annotation),
            detail=next(
                (name for field in field_and_parents(annotation) if (name := string_at(field, "/T"))), ""
            ),
        )


def field_and_parents(field: Any) -> Iterator[Object]:
    import pikepdf

    for _ in range(MAX_PARENTS):
        if not isinstance(field, pikepdf.Dictionary):
            return
        yield field
        field = field.get("/Parent")


def target_of(link: Object) -> str:
    import pikepdf

    action = link.get("/A")
    return string_at(action, "/URI") if isinstance(action, pikepdf.Dictionary) else ""


def check_resources(resources: Any, result: CheckResult, page: int, checked: set[ObjectId]) -> bool:
    """Check the fonts used on a page, each once in a file; say whether there is an image."""
    has_picture = False
    seen: set[ObjectId] = set()
    stack = [(resources, 0)]
    while stack:
        resources, depth = stack.pop()
        for name, font in entries(resources, "/Font"):
            check_font(name, font, result, page, checked)
        for _name, drawn in entries(resources, "/XObject"):
            kind = str(drawn.get("/Subtype"))
            has_picture = has_picture or kind == "/Image"
            if kind == "/Form" and depth < MAX_FORM_DEPTH and drawn.objgen not in seen:
                seen.add(drawn.objgen)
                stack.append((drawn.get("/Resources"), depth + 1))
    return has_picture


def check_font(name: str, font: Object, result: CheckResult, page: int, checked: set[ObjectId]) -> None:
    if font.is_indirect and font.objgen in checked:
        return
    checked.add(font.objgen)
    if not maps_to_unicode(font):
        font_name = str(font.get("/BaseFont") or name).removeprefix("/")
        result.add(IssueCode.FONT_WITHOUT_UNICODE, page=page, object=label(font), detail=font_name)


def entries(resources: Any, key: str) -> list[tuple[str, Object]]:
    """Return the dictionaries and streams under ``key``."""
    import pikepdf

    if not isinstance(resources, pikepdf.Dictionary):
        return []
    resources = resources.get(key)
    if not isinstance(resources, pikepdf.Dictionary):
        return []
    kinds = (pikepdf.Dictionary, pikepdf.Stream)
    items = list(resources.items())[:MAX_ITEMS_PER_PAGE]
    return [(name, value) for name, value in items if isinstance(value, kinds)]


def inherited(page: Object, key: str) -> Any:
    for holder in field_and_parents(page):
        if (value := holder.get(key)) is not None:
            return value
    return None


def string_at(dictionary: Object, key: str) -> str:
    import pikepdf

    value = dictionary.get(key)
    return str(value).strip() if isinstance(value, pikepdf.String) else ""


def label(one: Object) -> str:
    kind = str(one.get("/Subtype") or one.get("/Type") or "").removeprefix("/")
    return f"{kind}, object {one.objgen[0]}" if one.is_indirect else kind
