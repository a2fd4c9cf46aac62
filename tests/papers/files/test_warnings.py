"""What went wrong while a file was read, in sentences for editors."""

from __future__ import annotations

import pytest

from papers.files.warnings import FILE_UNREADABLE, READER_FAILED, SENTENCES, serialize, warning_sentences
from papers.pdf.warnings import PdfWarning, WarningKind


def test_every_kind_of_warning_has_a_sentence():
    assert set(SENTENCES) == {*WarningKind, FILE_UNREADABLE, READER_FAILED}


def test_a_stored_warning_names_its_page_where_it_is_about_one():
    stored = serialize([PdfWarning(WarningKind.PAGE_CUT, page=7), PdfWarning(WarningKind.NO_COVER)])

    assert stored == [{"kind": "page-cut", "page": 7}, {"kind": "no-cover", "page": None}]
    assert warning_sentences(stored) == [
        "Page 7: The text is too long and was cut.",
        "No cover image could be made.",
    ]


@pytest.mark.parametrize("kind", ["a-kind-of-long-ago", ""])
def test_a_kind_that_is_no_longer_known_is_left_out(kind):
    assert warning_sentences([{"kind": kind, "page": 1}]) == []
