"""A quotation is found whatever the line breaks."""

from __future__ import annotations

import pytest

from papers.reader.quotations import as_written, place_of

pytestmark = pytest.mark.django_db


def test_a_quotation_is_found_whatever_the_line_breaks():
    text = "First.\n\nA saving that ends\nin a worse service"

    assert as_written("A saving  that ends in a worse", text) == "A saving that ends in a worse"
    assert place_of("First. A saving", text) == (0, 16)
    assert place_of("a cut", text) is None
    assert place_of("  ", text) is None
