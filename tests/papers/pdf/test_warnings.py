"""Warnings from reading a PDF, as logs show them."""

from __future__ import annotations

from papers.pdf.warnings import MESSAGES, UPLOAD_WARNINGS, PdfWarning, WarningKind


def test_every_kind_of_warning_has_a_message():
    assert set(MESSAGES) == set(WarningKind)


def test_a_warning_names_its_page_where_it_is_about_one():
    assert str(PdfWarning(WarningKind.PAGE_CUT, page=7)) == "page 7: text is too long and was cut"
    assert str(PdfWarning(WarningKind.NO_TEXT)) == "no text on any page; perhaps a scan"


def test_what_was_removed_at_the_upload_outlasts_every_reading():
    assert {kind for kind in WarningKind if kind.endswith("-removed")} < UPLOAD_WARNINGS
