"""Whether the text in a font can be read aloud, as far as its dictionaries tell."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from papers.pdf.accessibility.fonts import SYMBOLIC, maps_to_unicode


def composed(encoding: Name, *, ordering: str) -> Dictionary:
    """Make a font whose codes stand for glyphs of the collection ``ordering``."""
    below = Dictionary(CIDSystemInfo=Dictionary(Ordering=String(ordering)))
    return Dictionary(Subtype=Name.Type0, Encoding=encoding, DescendantFonts=Array([below]))


def named(*glyphs: str) -> Dictionary:
    """Make a font of which the file names the glyphs itself."""
    names = Array([0, *(Name(f"/{glyph}") for glyph in glyphs)])
    return Dictionary(Subtype=Name.Type1, Encoding=Dictionary(Differences=names))


@pytest.mark.parametrize("font", [
    Dictionary(Subtype=Name.TrueType, Encoding=Name.WinAnsiEncoding),
    Dictionary(Subtype=Name.Type1),
    composed(Name("/90ms-RKSJ-H"), ordering="Japan1"),
    composed(Name("/Identity-H"), ordering="Korea1"),
    named("fi", "Aacute", ".notdef"),
])  # fmt: skip
def test_a_font_with_a_known_encoding_can_be_read(font):
    assert maps_to_unicode(font)


@pytest.mark.parametrize("font", [
    Dictionary(Subtype=Name.Type3),
    Dictionary(Subtype=Name.Type0, Encoding=Name("/Identity-H")),
    Dictionary(Subtype=Name.TrueType, FontDescriptor=Dictionary(Flags=SYMBOLIC)),
    composed(Name("/Identity-H"), ordering="Identity"),
    named("A", "g12"),
    named("A01"),
])  # fmt: skip
def test_a_font_that_only_numbers_its_glyphs_cannot(font):
    assert not maps_to_unicode(font)


def test_a_table_of_the_files_own_outweighs_everything_else():
    with pikepdf.new() as pdf:
        font = Dictionary(Subtype=Name.Type3, ToUnicode=pdf.make_stream(b""))

        assert maps_to_unicode(font)
