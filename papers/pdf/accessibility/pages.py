"""Look at the pages of a PDF one by one: their links, fields, fonts and pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from papers.pdf.accessibility.check import Code, Report
from papers.pdf.accessibility.fonts import maps_to_unicode

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

MOST_PAGES = 5000
MOST_ON_A_PAGE = 5000
DEEPEST_FORM = 4
MOST_PARENTS = 32
HIDDEN = 2  # a flag of annotations

Place = tuple[int, int]


def number_pages(pdf: Pdf) -> dict[Place, int]:
    """Return the number of each page by where it stands in the file."""
    numbers = {}
    for number, page in enumerate(pdf.pages, start=1):
        if number > MOST_PAGES:
            break
        numbers[page.obj.objgen] = number
    return numbers


def check_pages(pdf: Pdf, report: Report, told_by_tags: set[Place]) -> list[int]:
    """Add what the pages lack; return the numbers of those with a picture."""
    pictures: list[int] = []
    judged: set[Place] = set()
    for number, page in enumerate(pdf.pages, start=1):
        if number > MOST_PAGES:
            report.add(Code.UNCHECKED, detail="pages")
            break
        shown = reachable(page.obj)
        if shown and str(page.obj.get("/Tabs")) != "/S":
            report.add(Code.TAB_ORDER, page=number)
        for annotation in shown:
            check_annotation(annotation, report, number, told_by_tags)
        if check_resources(inherited(page.obj, "/Resources"), report, number, judged):
            pictures.append(number)
    return pictures


def reachable(page: Object) -> list[Object]:
    """Return what a reader can reach on a page: what is hidden or only pops up stands aside."""
    import pikepdf

    listed = page.get("/Annots")
    if not isinstance(listed, pikepdf.Array):
        return []
    found = [one for one in list(listed)[:MOST_ON_A_PAGE] if isinstance(one, pikepdf.Dictionary)]
    return [
        one
        for one in found
        if not flags(one) & HIDDEN and str(one.get("/Subtype")) not in ("/Popup", "/PrinterMark")
    ]


def flags(annotation: Object) -> int:
    value = annotation.get("/F")
    return value if isinstance(value, int) else 0


def check_annotation(annotation: Object, report: Report, page: int, told_by_tags: set[Place]) -> None:
    kind = str(annotation.get("/Subtype"))
    if kind == "/Link":
        told = words(annotation, "/Contents") or (
            annotation.is_indirect and annotation.objgen in told_by_tags
        )
        if not told:
            report.add(
                Code.LINK_WITHOUT_TEXT, page=page, object=label(annotation), detail=target_of(annotation)
            )
    elif kind == "/Widget" and not any(words(field, "/TU") for field in field_and_parents(annotation)):
        report.add(
            Code.FIELD_WITHOUT_NAME,
            page=page,
            object=label(annotation),
            detail=next(
                (name for field in field_and_parents(annotation) if (name := words(field, "/T"))), ""
            ),
        )


def field_and_parents(field: Any) -> Iterator[Object]:
    import pikepdf

    for _ in range(MOST_PARENTS):
        if not isinstance(field, pikepdf.Dictionary):
            return
        yield field
        field = field.get("/Parent")


def target_of(link: Object) -> str:
    import pikepdf

    action = link.get("/A")
    return words(action, "/URI") if isinstance(action, pikepdf.Dictionary) else ""


def check_resources(resources: Any, report: Report, page: int, judged: set[Place]) -> bool:
    """Judge the fonts used on a page, each once in a file; say whether there is a picture too."""
    has_picture = False
    seen: set[Place] = set()
    waiting = [(resources, 0)]
    while waiting:
        held, depth = waiting.pop()
        for name, font in entries(held, "/Font"):
            check_font(name, font, report, page, judged)
        for _name, drawn in entries(held, "/XObject"):
            kind = str(drawn.get("/Subtype"))
            has_picture = has_picture or kind == "/Image"
            if kind == "/Form" and depth < DEEPEST_FORM and drawn.objgen not in seen:
                seen.add(drawn.objgen)
                waiting.append((drawn.get("/Resources"), depth + 1))
    return has_picture


def check_font(name: str, font: Object, report: Report, page: int, judged: set[Place]) -> None:
    if font.is_indirect and font.objgen in judged:
        return
    judged.add(font.objgen)
    if not maps_to_unicode(font):
        called = str(font.get("/BaseFont") or name).removeprefix("/")
        report.add(Code.FONT_WITHOUT_UNICODE, page=page, object=label(font), detail=called)


def entries(resources: Any, key: str) -> list[tuple[str, Object]]:
    """Return the dictionaries and streams under ``key``."""
    import pikepdf

    if not isinstance(resources, pikepdf.Dictionary):
        return []
    held = resources.get(key)
    if not isinstance(held, pikepdf.Dictionary):
        return []
    kinds = (pikepdf.Dictionary, pikepdf.Stream)
    return [(name, one) for name, one in list(held.items())[:MOST_ON_A_PAGE] if isinstance(one, kinds)]


def inherited(page: Object, key: str) -> Any:
    for holder in field_and_parents(page):
        if (value := holder.get(key)) is not None:
            return value
    return None


def words(dictionary: Object, key: str) -> str:
    import pikepdf

    written = dictionary.get(key)
    return str(written).strip() if isinstance(written, pikepdf.String) else ""


def label(one: Object) -> str:
    kind = str(one.get("/Subtype") or one.get("/Type") or "").removeprefix("/")
    return f"{kind}, object {one.objgen[0]}" if one.is_indirect else kind
