"""What a tagged PDF says of its parts becomes headings, lists, tables and figures."""

from __future__ import annotations

from papers.pdf.reader import read
from papers.pdf.text.blocks import build_blocks
from papers.pdf.text.marked_content import ContentItem
from tests.support.paths import DEMO_PAPERS

DEMO = DEMO_PAPERS / "building-capacity-in-small-districts-2.pdf"


def leaf(*roles: str | tuple[str, int], mark: int | None = None, alternative: str = "") -> ContentItem:
    """Make a leaf; a role without a number is the only one of its kind."""
    chain = tuple(role if isinstance(role, tuple) else (role, hash(role)) for role in roles)
    return ContentItem(chain, mark, alternative)


def test_a_paper_made_for_everybody_is_read_by_its_parts():
    reading = read(DEMO)
    page = reading.layouts[8].blocks

    kinds = [block["kind"] for block in page]
    assert kinds[:5] == ["heading", "text", "table", "text", "heading"]
    table = page[2]
    assert table["caption"].startswith("Table 2: What collaboratives do")
    assert [cell["text"] for cell in table["rows"][0]] == ["Family", "Examples", "What is lacking without it"]
    assert all(cell["head"] for cell in table["rows"][0])
    assert {len(row) for row in table["rows"]} == {3}
    assert "A saving that ends in a worse service is a cut." in " ".join(b.get("text", "") for b in page)
    assert (reading.layouts[8].width, reading.layouts[8].height) == (612, 792)


def test_words_that_lines_divided_are_whole_in_the_parts():
    assert build_blocks([leaf("P", mark=0)], {0: "regional\u00ad\r\nization"}) == [
        {"kind": "text", "text": "regionalization"}
    ]


def test_a_paragraph_with_a_link_in_it_is_one_part():
    within = [leaf("P", mark=0), leaf("P", "Link", mark=1), leaf("P", mark=2)]

    assert build_blocks(within, {0: "See ", 1: "page 2", 2: "."}) == [{"kind": "text", "text": "See page 2."}]


def test_items_lose_their_bullets_and_an_empty_cell_keeps_its_column():
    items = [
        leaf("L", ("LI", 1), "Lbl", mark=0),
        leaf("L", ("LI", 1), "LBody", mark=1),
        leaf("L", ("LI", 2), mark=2),
    ]
    cells = [
        leaf("Table", "TR", ("TH", 3), mark=3),
        leaf("Table", "TR", ("TD", 4)),
        leaf("Table", "TR", ("TD", 5), mark=4),
    ]

    made = build_blocks(items + cells, {0: "\u2022 ", 1: "One", 2: "Two", 3: "Town", 4: "9"})

    assert made[0] == {"kind": "list", "items": ["One", "Two"]}
    assert [(cell["text"], cell["head"]) for cell in made[1]["rows"][0]] == [
        ("Town", True),
        ("", False),
        ("9", False),
    ]


def test_a_figure_is_told_by_its_alternative():
    figure = leaf("P", "Figure", alternative="A map of\n58 towns")

    assert build_blocks([figure], {}) == [{"kind": "figure", "text": "A map of\n58 towns"}]


def test_a_tree_that_holds_little_of_the_page_is_not_believed():
    assert build_blocks([leaf("P", mark=0)], {0: "One", 1: "a hundred words that no tag tells of"}) == []
