"""docs/security.md has a row for each requirement of ASVS 5.0.0, level 1 and 2; the tests it names exist."""

from __future__ import annotations

import ast
import re

from tests.support.paths import ROOT

DOCUMENT = ROOT / "docs" / "security.md"
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| (.+?) \| (.+) \|$", re.MULTILINE)
TEST = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
# How a row without a test begins.
REASONS = ("Met", "Partly met", "Not met", "Not applicable", "Up to", "By ", "The table", "[")


def rows() -> list[tuple[str, str, str, str]]:
    """Return identifier, level, what it is about and how it is met, in the document's order."""
    return ROW.findall(DOCUMENT.read_text("utf-8"))


def functions_of(path: str) -> set[str]:
    tree = ast.parse((ROOT / "tests" / path).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_requirement_of_level_1_and_2_has_one_row():
    # Identifier and level, as the standard's own list of version 5.0.0 has them.
    required = (ROOT / "tests" / "support" / "asvs.txt").read_text().split("\n")[:-1]

    assert len(required) == 253
    assert [f"{identifier} {level}" for identifier, level, _what, _how in rows()] == required


def test_every_row_names_a_test_or_gives_a_reason():
    assert [row for row in rows() if not TEST.search(row[3]) and not row[3].startswith(REASONS)] == []


def test_every_test_that_is_named_exists():
    named = {found for row in rows() for found in TEST.findall(row[3])}

    assert len(named) > 100
    assert sorted(f"{path}::{name}" for path, name in named if name not in functions_of(path)) == []
