"""The mutation runner itself: what it takes for a mutant, and that a mutant really runs."""

from __future__ import annotations

import importlib.util

import pytest

from tests.support.mutants import Tracer, become, live_functions
from tests.support.mutations import Mutant, behavior, functions_in

SOURCE = """
LIMIT = 3

class Shop:
    size = 2

    def is_full(self, number, *, most=LIMIT):
        return number >= most

def shouting(words):
    # A comment.
    return [word.upper() for word in words]
"""


@pytest.fixture
def module(tmp_path):
    path = tmp_path / "shop.py"
    path.write_text(SOURCE, "utf-8")
    spec = importlib.util.spec_from_file_location("shop", path)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return path, made


def mutant(path, old, new):
    """Return the mutant that has ``new`` where the source has ``old``."""
    original = {key: behavior(code) for key, code in functions_in(SOURCE, path).items()}
    mutated = functions_in(SOURCE.replace(old, new), path)
    changed = {key: code for key, code in mutated.items() if behavior(code) != original[key]}
    return Mutant(path, 0, "", "", changed)


def test_functions_that_exist_already_become_the_mutant(module):
    path, made = module
    is_full = made.Shop().is_full
    assert (is_full(3), made.shouting(["a"])) == (True, ["A"])

    become(mutant(path, ">=", ">"), live_functions([path])[path])
    assert (is_full(3), made.shouting(["a"])) == (False, ["A"])

    become(mutant(path, "upper", "lower"), live_functions([path])[path])  # inside a comprehension
    assert made.shouting(["a"]) == ["a"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("LIMIT = 3", "LIMIT = 4"), ("size = 2", "size = 5"), ("number, *,", "number, /,"), ("A comment", "B")],
)
def test_what_changes_no_function_is_no_mutant(module, old, new):
    assert mutant(module[0], old, new).changed == {}


def test_the_tracer_notes_functions_and_lines_of_the_given_modules_alone(module):
    path, made = module
    tracer = Tracer([path])

    with tracer.running():
        made.Shop().is_full(3)
        path.exists()

    assert tracer.functions == {(str(path), ("Shop.is_full", 7))}
    assert tracer.lines == {(str(path), 8)}
