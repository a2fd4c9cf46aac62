"""PDFs that are built well, and ones that lack a single thing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from papers.pdf.accessibility.check import collect
from papers.pdf.accessibility.worker import run

LINK_CONTENTS = "The manual on the department's site"


class Build:
    """A tagged PDF in the making; each part may be left out or spoiled."""

    def __init__(self, *, pages: int = 1) -> None:
        self.pdf = pikepdf.new()
        self.font = self.pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
            )
        )
        for number in range(1, pages + 1):
            page = self.pdf.add_blank_page(page_size=(300, 400))
            page.Contents = self.pdf.make_stream(
                b"BT /F1 12 Tf 20 350 Td (A page of words, no. %d) Tj ET" % number
            )
            page.Resources = Dictionary(Font=Dictionary(F1=self.font))
            page.Tabs = Name.S
        root = self.pdf.Root
        root.Lang = String("en-US")
        root.MarkInfo = Dictionary(Marked=True)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        self.tree = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([])))
        root.StructTreeRoot = self.tree
        self.document = self.tag("Document", under=self.tree)
        self.tag("H1", 0)
        self.pdf.docinfo[Name.Title] = "Sharing the bus"

    def tag(self, kind: str, *below: Any, under: Any = None, page: int = 1, **entries: Any) -> Any:
        """Add a tag beneath the document or ``under`` another one."""
        under = self.document if under is None else under
        element = self.pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name("/" + kind),
                P=under,
                Pg=self.pdf.pages[page - 1].obj,
                K=Array([*below]),
            )
        )
        for key, value in entries.items():
            element[f"/{key}"] = value
        under.K.append(element)
        return element

    def annotate(self, kind: str, *, page: int = 1, **entries: Any) -> Any:
        """Put a link or a field onto a page."""
        annotation = self.pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=Array([20, 20, 80, 40]), **entries)
        )
        at = self.pdf.pages[page - 1].obj
        if "/Annots" not in at:
            at.Annots = Array([])
        at.Annots.append(annotation)
        return annotation

    def picture(self, *, page: int = 1) -> None:
        """Leave nothing but a picture on a page."""
        image = self.pdf.make_stream(
            b"\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8,
            ColorSpace=Name.DeviceGray,
        )  # fmt: skip
        at = self.pdf.pages[page - 1]
        at.Resources = Dictionary(XObject=Dictionary(Im1=image))
        at.Contents = self.pdf.make_stream(b"300 0 0 400 0 0 cm /Im1 Do")

    def bookmark(self) -> None:
        with self.pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("The beginning", 0))

    def save(self, path: Path, **options: Any) -> Path:
        self.pdf.save(path, **options)
        return path


def table(build: Build, *, header: str) -> None:
    row = build.tag("TR", under=build.tag("Table"))
    build.tag(header, 1, under=row)
    build.tag("TD", 2, under=row)


def listed(build: Build, *, item: str) -> None:
    one = build.tag(item, under=build.tag("L"))
    build.tag("LBody", 3, under=one)


def linked(build: Build, **entries: Any) -> None:
    build.annotate("Link", A=Dictionary(S=Name.URI, URI=String("https://example.org/")), **entries)


def linked_by_its_tag(build: Build) -> None:
    annotation = build.annotate("Link")
    build.tag("Link", 4, Dictionary(Type=Name.OBJR, Obj=annotation))


def field(build: Build, **entries: Any) -> None:
    build.annotate("Widget", FT=Name.Tx, T=String("field_1"), **entries)


def font(build: Build, **entries: Any) -> None:
    build.pdf.pages[0].Resources.Font.F2 = build.pdf.make_indirect(
        Dictionary(Type=Name.Font, BaseFont=Name("/ABCDEF+Odd"), **entries)
    )


def identity_font(build: Build, *, mapped: bool) -> None:
    below = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/ABCDEF+Odd"),
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
    )  # fmt: skip
    more = {"ToUnicode": build.pdf.make_stream(b"begincmap endcmap")} if mapped else {}
    font(build, Subtype=Name.Type0, Encoding=Name("/Identity-H"), DescendantFonts=Array([below]), **more)


def codes(path: Path, *, pages: int = 1, letters: list[int] | None = None) -> set[str]:
    """Return the codes of what the checks find, without a child process, for speed."""
    return set(collect(run(str(path)), letters or [100] * pages).counts)
