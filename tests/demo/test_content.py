"""The numbers of the demo's papers and authors are well-formed, and nobody's."""

from __future__ import annotations

import pytest

from demo import content
from papers.models import Licence, PublicationStatus
from publishing import identifiers

SHELF = {words["slug"]: words for words in content.read("papers/papers.toml")["paper"]}


@pytest.mark.parametrize("slug", SHELF)
def test_a_number_of_a_demo_paper_is_well_formed_and_nobodys(slug):
    words = SHELF[slug]

    assert identifiers.doi(words["doi"]).startswith("10.5555/")  # the prefix kept for tests
    assert identifiers.isbn(words.get("isbn", "9781234567897")) == "9781234567897"
    assert words["licence"] in Licence
    assert words.get("status", "current") in PublicationStatus
    assert words.get("successor", slug) in SHELF


def test_no_demo_author_has_the_orcid_of_somebody_real():
    ids = [author["orcid"] for author in content.read("content/authors.toml")["author"] if "orcid" in author]

    assert ids == ["0000-0002-1825-0097"]  # Josiah Carberry's, whom ORCID keeps for examples
    assert identifiers.orcid(ids[0]) == ids[0]
