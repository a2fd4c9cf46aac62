"""Files for reference managers hold whatever people type, and stay well-formed."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.citation.formats import TEX_ESCAPES, bibtex, csl_json, key_of, ris

TEXT = st.text(max_size=60)
NAMES = st.fixed_dictionaries({"family": TEXT.filter(bool)}, optional={"given": TEXT, "suffix": TEXT})
PLAIN = st.characters(categories=["L", "N", "P", "S"], exclude_characters="\\{}~^")
ITEMS = st.fixed_dictionaries(
    {"title": st.text(min_size=1, max_size=80)},
    optional={
        "author": st.lists(
            st.fixed_dictionaries({"family": TEXT.filter(bool)}, optional={"given": TEXT, "suffix": TEXT}),
            max_size=3,
        ),
        "publisher": TEXT,
        "number": TEXT,
        "collection-title": TEXT,
        "abstract": TEXT,
        "DOI": TEXT,
        "URL": TEXT,
        "issued": st.just({"date-parts": [[2009, 3, 24]]}),
    },
)


def depths(text: str) -> list[int]:
    """Return how deep in braces each sign stands, counted as BibTeX counts: escaped ones too."""
    depth, entries = 0, []
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        entries.append(depth)
    return entries


def unescaped(text: str) -> str:
    for sign, written in TEX_ESCAPES.items():
        if written.startswith("\\text"):
            text = text.replace(written, chr(sign))
    return re.sub(r"\\([&%$#_])", r"\1", text)


@given(ITEMS)
def test_an_entry_of_bibtex_ends_where_it_should(item):
    written = bibtex(item)

    at = depths(written)
    assert at[-1] == 0
    assert min(at) >= 0
    assert at.index(0, written.index("{")) == len(written) - 2  # nothing but the last line's end follows


@given(st.text(alphabet=PLAIN, min_size=1))
def test_a_title_comes_back_from_bibtex_as_it_was(title):
    line = next(line for line in bibtex({"title": title}).splitlines() if line.startswith("  title"))

    assert unescaped(line.removeprefix("  title = {{").removesuffix("}").removesuffix("}")) == title


@pytest.mark.parametrize("sign", list("&%$#_{}~^\\"))
def test_no_sign_with_a_meaning_goes_into_bibtex_bare(sign):
    line = bibtex({"title": f"a{sign}b"}).splitlines()[1]

    assert TEX_ESCAPES[ord(sign)] in line
    assert line.count("{") == line.count("}")


@given(ITEMS)
def test_every_line_of_ris_is_one_field(item):
    lines = ris(item).split("\r\n")

    assert lines[0] == "TY  - RPRT"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    assert not re.search(r"[\n\r\x0b\x0c\x85\u2028\u2029\x00]", "".join(lines))


@given(ITEMS)
def test_csl_json_is_json(item):
    assert json.loads(csl_json(item)) == [item]


@given(ITEMS)
def test_a_key_is_plain_emails_and_digits(item):
    assert re.fullmatch(r"[a-z0-9]+", key_of(item))


@pytest.mark.parametrize("write", [bibtex, ris])
def test_half_of_a_character_breaks_no_file(write):
    assert "Shared buses" in write({"title": "Shared \ud83dbuses"}).encode().decode()


def test_an_author_called_and_is_one_author():
    written = bibtex(
        {"title": "x", "author": [{"literal": "Research and Policy, Inc."}, {"family": "Plover"}]}
    )

    assert "author = {{Research and Policy, Inc.} and {Plover}}" in written
