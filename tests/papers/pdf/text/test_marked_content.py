"""What a PDF's tags say of its content, as far as they can be believed."""

from __future__ import annotations

import time

import pikepdf
import pytest

from papers.pdf.reader import read
from papers.pdf.text import marked_content
from papers.pdf.text.marked_content import content_by_page
from tests.support.paths import DEMO_PAPERS

DEMO = DEMO_PAPERS / "building-capacity-in-small-districts-2.pdf"


@pytest.fixture
def tagged(tmp_path):
    def make(change) -> str:
        with pikepdf.open(DEMO) as pdf:
            change(pdf)
            pdf.save(tmp_path / "changed.pdf")
        return str(tmp_path / "changed.pdf")

    return make


def test_a_tree_that_bites_its_tail_is_left_and_the_words_are_read(tagged):
    def bite(pdf):
        document = pdf.Root.StructTreeRoot.K
        document = document[0] if isinstance(document, pikepdf.Array) else document
        document.K = pikepdf.Array([document])

    path = tagged(bite)

    assert content_by_page(path) == {}
    reading = read(path)
    assert "A saving that ends in a worse service" in reading.pages[8]
    assert reading.layouts[8].blocks == []


@pytest.mark.parametrize("nonsense", [pikepdf.Name.Nothing, 7, pikepdf.Array([]), pikepdf.String("x")])
def test_a_tree_of_nonsense_costs_nothing_but_itself(tagged, nonsense):
    path = tagged(lambda pdf: setattr(pdf.Root.StructTreeRoot, "K", nonsense))

    assert read(path).pages[8]


def test_roles_that_stand_for_each_other_end_somewhere():
    walk = marked_content.ContentWalker({}, {"/A": "/B", "/B": "/A", "/Heading": "/H1"})

    assert walk.role("Heading") == "H1"
    assert walk.role("A") in ("A", "B")


def test_a_tree_that_takes_too_long_is_left(monkeypatch):
    monkeypatch.setattr(marked_content, "MAX_SECONDS", 0.0)
    begun = time.monotonic()

    assert content_by_page(str(DEMO)) == {}
    assert time.monotonic() - begun < 5
