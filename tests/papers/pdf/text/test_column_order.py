"""Columns that a file paints line by line across the page are read one after the other."""

from __future__ import annotations

from papers.pdf.reader import read
from papers.pdf.text.column_order import order_lines
from papers.pdf.text.paragraphs import Line
from tests.support import pdf_files

LEFT = [
    "The collaborative began as a", "shared bus for three towns and", "soon carried nurses as well as",
    "pupils. Each district kept its", "own committee and its own name,", "and paid by the number of its",
    "pupils on the first of October.",
]  # fmt: skip
RIGHT = [
    "In the second year the towns", "asked for a reading teacher who", "would spend two days in each of",
    "their schools. The cost was less", "than a post of their own would", "have been, and she stayed for",
    "nineteen years in all the towns.",
]  # fmt: skip
THIRD = [
    "A third of what was saved went", "into the library of each town,", "which nobody had planned for at",
    "the beginning. The rest was put", "by for the roof of the school", "that leaked more each winter of",
    "those years, until it was done.",
]  # fmt: skip


def painted_across(*columns, at, head=()):
    """Return a page on which each line of all columns is painted before the next one."""
    words, height = [b"BT /F1 9 Tf"], 740
    for line in head:
        words.append(b"1 0 0 1 40 %d Tm (%b) Tj" % (height, line.encode()))
        height -= 24
    for row in zip(*columns, strict=True):
        words += [
            b"1 0 0 1 %d %d Tm (%b) Tj" % (x, height, text.encode()) for x, text in zip(at, row, strict=True)
        ]
        height -= 12
    return pdf_files.stream(b"\n".join([*words, b"ET"]))


def pieces(*rows):
    """Return rows of pieces; each piece is its text and where it begins, four points a letter."""
    return [
        [Line(text, x, 700 - 14 * number, 700 - 14 * number, 10, (x, x + 4 * len(text))) for text, x in row]
        for number, row in enumerate(rows)
    ]


def test_two_columns_painted_line_by_line_are_read_one_after_the_other(tmp_path):
    head = ["Sharing the bus and the nurse: what three towns in the hills learned in twenty years of it"]
    page = painted_across(LEFT, RIGHT, at=(40, 300), head=head)

    read_as = read(pdf_files.make_pdf(tmp_path / "paper.pdf", page)).pages[0]

    assert read_as.split("\n\n") == [*head, " ".join(LEFT), " ".join(RIGHT)]


def test_three_columns_are_read_one_after_the_other(tmp_path):
    page = painted_across(LEFT, RIGHT, THIRD, at=(40, 220, 400))

    read_as = read(pdf_files.make_pdf(tmp_path / "paper.pdf", page)).pages[0]

    assert read_as.split("\n\n") == [" ".join(LEFT), " ".join(RIGHT), " ".join(THIRD)]


def test_a_table_is_read_row_by_row(tmp_path):
    towns = ["Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gum"]
    costs = ["1,200", "900", "2,100", "800", "1,000", "700", "650"]

    read_as = read(pdf_files.make_pdf(tmp_path / "t.pdf", painted_across(towns, costs, at=(40, 300)))).pages[
        0
    ]

    assert read_as.startswith("Ash 1,200 Birch 900 Cedar 2,100")


def test_what_stands_across_parts_the_columns_above_from_those_below():
    above = [((one, 0), (other, 300)) for one, other in zip(LEFT, RIGHT, strict=True)]
    below = [((one + "!", 0), (other + "!", 300)) for one, other in zip(LEFT, RIGHT, strict=True)]
    across = ("A line that goes from one end to the other, over both of the columns of this page", 0)

    order = [line.text for line in order_lines(pieces(*above, (("Costs", 0),), (across,), *below))]

    assert order[:14] == [*LEFT, *RIGHT]
    assert order[14:16] == ["Costs", across[0]]
    assert order[16:] == [line + "!" for line in [*LEFT, *RIGHT]]


def test_the_right_column_comes_first_where_one_reads_to_the_left():
    letters = "שלום עולם זה הטור הראשון"
    rows = [((f"{letters} {number}", 300), (f"{letters} {number + 10}", 0)) for number in range(6)]

    order = [line.text for line in order_lines(pieces(*rows))]

    assert order == [f"{letters} {number}" for number in [*range(6), *range(10, 16)]]


def test_lines_of_one_column_stay_as_they_are_however_wide_their_gaps():
    rows = pieces(*[((f"{number} some words and a", 0), (" gap", 140)) for number in range(9)])

    assert [line.text for line in order_lines(rows)] == [
        f"{number} some words and a gap" for number in range(9)
    ]


def test_a_page_of_nothing_has_no_order():
    assert order_lines([]) == []
