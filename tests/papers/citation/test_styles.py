"""Each style is written as its handbook asks."""

from __future__ import annotations

from datetime import date

import pytest

from papers.models import Paper
from tests.support.citations import make_cited, references
from tests.support.factories import make_paper
from tests.support.paper_files import make_edition

pytestmark = pytest.mark.django_db


def test_each_style_is_written_as_its_handbook_asks():
    paper = make_cited()
    make_edition(paper)

    written = references(paper)

    home = paper.full_url
    assert written == {
        "APA": "Quillfeather, A., &amp; Nguyen, A. (2009). Building Capacity: What Agencies Do "
        f"(White Papers No. 1). An Association. {home}",
        "Chicago": "Quillfeather, Adele, and An Nguyen. 2009. Building Capacity: What Agencies Do. "
        f"White Papers No. 1. An Association. {home}.",
        "MLA": "Quillfeather, Adele, and An Nguyen. Building Capacity: What Agencies Do. "
        f"White Papers no. 1, An Association, 24 Mar. 2009, {home}.",
        "Harvard": "Quillfeather, A. and Nguyen, A. (2009) Building Capacity: What Agencies Do. "
        f"White Papers 1. An Association. Available at: {home}.",
        "IEEE": "A. Quillfeather and A. Nguyen, “Building Capacity: What Agencies Do”, An Association, "
        f"White Papers 1, Mar. 2009. [Online]. Available: {home}",
    }


def test_a_question_in_a_title_takes_no_full_stop():
    paper = make_cited(title="Who pays?", subtitle="")

    assert "?." not in "".join(references(paper).values())


def test_a_title_of_markup_stays_text():
    paper = make_cited("Eve <b onclick=x>", title="<script>alert(1)</script> & <i>more</i>", subtitle="")

    for _key, style, line in Paper.objects.get(pk=paper.pk).citation.references:
        assert "<script" not in line, style
        assert "<b" not in line
        assert "&lt;script&gt;" in line


def test_a_title_in_place_of_an_author_is_printed_once():
    paper = make_paper(title="Sharing Payroll", publisher="AESA", publication_date=date(2020, 1, 2))

    written = references(paper)

    home = paper.full_url
    assert written == {
        "APA": f"Sharing Payroll. (2020). [White paper]. AESA. {home}",
        "Chicago": f"Sharing Payroll. 2020. White paper. AESA. {home}.",
        "MLA": f"Sharing Payroll. White paper. AESA, 2 Jan. 2020, {home}.",
        "Harvard": f"Sharing Payroll (2020). White paper. AESA. Available at: {home}.",
        "IEEE": f"“Sharing Payroll”, AESA, White paper, Jan. 2020. [Online]. Available: {home}",
    }
