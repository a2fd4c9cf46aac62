"""Print, for vulture, names whose use it can't see: ``python -m tests.support.used_names``.

Those are names in templates, scripts and strings (dotted paths, lookups), and
members by which a framework calls or configures our subclasses.
"""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from tests.support.paths import ROOT

FRAMEWORKS = [
    "allauth", "anymail", "citeproc", "csp", "django", "django_comments", "django_comments_xtd",
    "django_filters", "django_tasks", "django_tasks_db", "http", "modelcluster", "socketserver", "taggit",
    "wagtail",
]  # fmt: skip
SOURCES = ["blog", "papers", "site", "bench", "tests"]
IDENTIFIER = re.compile(r"[A-Za-z_]\w+")
DOTTED = re.compile(r"[\w.:]{2,120}")
MEMBER = re.compile(r"(?m)^ {4,8}(?:def )?([A-Za-z_]\w+)(?:\(|: | = )")


def in_templates_and_scripts() -> Iterator[str]:
    paths = [*(ROOT / "templates").rglob("*.*"), *(ROOT / "static" / "js").glob("*.js")]
    for path in paths:
        yield from IDENTIFIER.findall(path.read_text("utf-8"))


def in_strings() -> Iterator[str]:
    for path in (path for folder in SOURCES for path in (ROOT / folder).rglob("*.py")):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and DOTTED.fullmatch(node.value)
            ):
                yield from IDENTIFIER.findall(node.value)
                yield from re.findall(r"[a-z]\w*?(?=__)", node.value)


def in_frameworks() -> Iterator[str]:
    for name in FRAMEWORKS:
        spec = find_spec(name)
        folders = list(spec.submodule_search_locations or []) if spec else []
        paths = [path for folder in folders for path in Path(folder).rglob("*.py")]
        for path in paths or ([Path(spec.origin)] if spec and spec.origin else []):
            yield from MEMBER.findall(path.read_text("utf-8"))


if __name__ == "__main__":
    for name in sorted({*in_templates_and_scripts(), *in_strings(), *in_frameworks()}):
        if name.isidentifier() and not keyword.iskeyword(name):
            print(f"_.{name}")
