"""From painted letters to words: what a reader quotes and a search finds."""

from __future__ import annotations

import pytest

from papers.pdf.text import paragraphs as prose
from papers.pdf.text.paragraphs import Line, build_paragraphs, clean, join_lines, one_line


def make_lines(*texts: str, left: float = 72, size: float = 12, leading: float = 14) -> list[Line]:
    """Return lines beneath each other; an empty text leaves a gap."""
    return [
        Line(text, left, top=700 - leading * row, bottom=700 - leading * row, size=size)
        for row, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("painted", "read"),
    [
        ("e\ufb03cient \ufb02oor", "efficient floor"),
        ("a\0b\x07c\x1bd\x9fe", "abcde"),
        ("soft\u200bware \u202egnp.exe", "software gnp.exe"),
        ("half \ud800 a pair", "half  a pair"),
        ("\ud835\udc65 squared", "x squared"),
        ("e\u0301cole", "\u00e9cole"),
        ("\uf0b7 first", "\u2022 first"),
        ("\uf8eb\uffff\ufffe0", "0"),
        ("\ufedf\ufe8e", "\u0644\u0627"),
    ],
    ids=["ligatures", "controls", "hidden", "lone", "pair", "accent", "bullet", "private", "arabic"],
)
def test_emails_are_made_plain(painted, read):
    assert clean(painted) == read


@pytest.mark.parametrize("meant", ["10\u00b2", "shared services\u00b9", "1\u00bd", "CO\u2082"])
def test_a_power_stays_a_power(meant):
    assert clean(meant) == meant


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        (["co-", "operation"], "cooperation"),
        (["collabo\u00ad", "ratives"], "collaboratives"),
        (["collabo\u00adratives"], "collaboratives"),
        (["collabo\u2010", "ratives"], "collaboratives"),
        (["the post-", "Covid years"], "the post-Covid years"),
        (["1999-", "2000"], "1999-2000"),
        (["one -", "two"], "one - two"),
        (["a dash -- ", "and more"], "a dash -- and more"),
        (["  much \t space ", " here\u00a0too"], "much space here too"),
        (["e\ufb03-", "cient"], "efficient"),
    ],
)
def test_lines_are_joined_as_a_reader_would(lines, read):
    assert join_lines(lines) == read


def test_a_gap_begins_a_paragraph():
    lines = make_lines("First line,", "second line.", "", "After the gap.")

    assert build_paragraphs(lines) == "First line, second line.\n\nAfter the gap."


def test_an_indent_after_a_sentence_begins_a_paragraph():
    first, second, third = make_lines("It ends here.", "It goes on,", "and on.")
    indented = Line(second.text, 84, second.top, second.bottom, second.size)

    assert build_paragraphs([first, indented, third]) == "It ends here.\n\nIt goes on, and on."


def test_an_indent_within_a_sentence_begins_none():
    first, second = make_lines("It goes", "on and on.")
    indented = Line(second.text, 84, second.top, second.bottom, second.size)

    assert build_paragraphs([first, indented]) == "It goes on and on."


def test_a_heading_stands_alone():
    heading, *text = make_lines("What it costs", "It costs little", "and saves much", "in the end.")
    heading = Line(heading.text, heading.left, heading.top, heading.bottom, size=18)

    assert build_paragraphs([heading, *text]) == "What it costs\n\nIt costs little and saves much in the end."


def test_every_bullet_is_a_paragraph():
    lines = make_lines("We share:", "\u2022 buses,", "\u2022 nurses", "and counselors.")

    assert build_paragraphs(lines) == "We share:\n\n\u2022 buses,\n\n\u2022 nurses and counselors."


def test_a_raised_figure_stays_in_its_line():
    line = Line("shared services", 72, 700, 700, 12)
    note = Line("1", 160, 704, 704, 7)
    rest = Line("save money.", 166, 700, 700, 12)

    assert build_paragraphs([line, note, rest]) == "shared services 1 save money."


def test_a_sentence_runs_on_into_the_next_column():
    foot, head = Line("It goes", 72, 80, 80, 10), Line("on here.", 320, 700, 700, 10)

    assert build_paragraphs([foot, head]) == "It goes on here."


def test_two_lines_joined_by_their_hyphen_leave_no_gap():
    lines = [
        Line("One line", 72, 700, 700, 10),
        Line("collabo\u00adratives and", 72, 688, 676, 10),
        Line("more", 72, 664, 664, 10),
    ]

    assert build_paragraphs(lines) == "One line collaboratives and more"


def test_what_stands_far_apart_on_a_title_page_stands_apart():
    lines = make_lines("Sharing a bus", "A report", "Spring", leading=60)

    assert build_paragraphs(lines) == "Sharing a bus\n\nA report\n\nSpring"


def test_double_spaced_lines_are_one_paragraph():
    lines = make_lines("It goes", "on and", "on and", "on.", leading=27)

    assert build_paragraphs(lines) == "It goes on and on and on."


def test_the_small_emails_of_a_footnote_do_not_tear_the_text_apart():
    text, notes = (
        make_lines("It goes", "on.", size=12, leading=18),
        make_lines("1", "a", "b", "c", size=6, leading=8),
    )
    lowered = [Line(note.text, 72, note.top - 300, note.bottom - 300, 6) for note in notes]

    assert build_paragraphs(text + lowered).startswith("It goes on.\n\n")


def test_no_lines_make_no_text():
    assert build_paragraphs([]) == build_paragraphs(make_lines(" ", "\t")) == ""


def test_a_title_is_one_clean_line_of_bounded_length():
    assert one_line(" A\0 pa\u00adper\r\n on\tbuses ", max_length=50) == "A paper on buses"
    assert len(one_line("word " * 1_000_000, max_length=50)) <= 50


def test_a_hundred_thousand_hyphens_are_joined_at_once():
    lines = ["-" * 100_000, "a-" * 50_000, prose.HYPHEN * 100_000]

    assert len(join_lines(lines)) > 100_000
