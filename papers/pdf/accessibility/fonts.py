"""Whether text in a font can be mapped to Unicode, so that it can be read aloud."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pikepdf import Object

KNOWN_ENCODINGS = {"/WinAnsiEncoding", "/MacRomanEncoding", "/MacExpertEncoding", "/StandardEncoding"}
IDENTITY = {"/Identity-H", "/Identity-V"}
KNOWN_COLLECTIONS = {"Japan1", "GB1", "CNS1", "KR", "Korea1"}
SYMBOLIC = 4
MAX_DIFFERENCES = 1000
# Names that only number the glyphs, as printer drivers give them.
MEANINGLESS = re.compile(r"/(\.notdef|(g|gid|glyph|cid|index|c|G|C|H|F)\.?\d+|[A-Z]\d{2})")


def maps_to_unicode(font: Object) -> bool:
    """Say whether every code of a font maps to a character, as far as its dictionaries tell."""
    import pikepdf

    if isinstance(font.get("/ToUnicode"), pikepdf.Stream):
        return True
    kind, encoding = str(font.get("/Subtype")), font.get("/Encoding")
    if kind == "/Type0":
        return has_known_cmap(font, encoding)
    if isinstance(encoding, pikepdf.Name):
        return str(encoding) in KNOWN_ENCODINGS
    if isinstance(encoding, pikepdf.Dictionary):
        return has_meaning(encoding)
    if kind == "/Type3":
        return False
    return kind != "/TrueType" or not is_symbolic(font)


def has_known_cmap(font: Object, encoding: Any) -> bool:
    import pikepdf

    if isinstance(encoding, pikepdf.Name) and str(encoding) not in IDENTITY:
        return True
    below = font.get("/DescendantFonts")
    if not isinstance(below, pikepdf.Array) or not len(below):
        return False
    system = below[0].get("/CIDSystemInfo") if isinstance(below[0], pikepdf.Dictionary) else None
    return isinstance(system, pikepdf.Dictionary) and str(system.get("/Ordering")) in KNOWN_COLLECTIONS


def has_meaning(encoding: Object) -> bool:
    """Say whether the names an encoding gives its glyphs are names of characters."""
    import pikepdf

    differences = encoding.get("/Differences")
    if not isinstance(differences, pikepdf.Array):
        return True
    names = [str(one) for one in list(differences)[:MAX_DIFFERENCES] if isinstance(one, pikepdf.Name)]
    named = [name for name in names if name != "/.notdef"]
    return not any(MEANINGLESS.fullmatch(name) for name in named)


def is_symbolic(font: Object) -> bool:
    import pikepdf

    described = font.get("/FontDescriptor")
    value = described.get("/Flags") if isinstance(described, pikepdf.Dictionary) else 0
    return isinstance(value, int) and bool(value & SYMBOLIC)
