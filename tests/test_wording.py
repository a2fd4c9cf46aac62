"""Words that people read: each can be translated, and keeps to the rules of the house."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.utils.functional import Promise

from tests.support import admin_states
from tests.support.paths import ROOT

ROOMS = ["blog", "papers", "site", "templates"]
TRANSLATES = {
    "_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy",
    "npgettext", "npgettext_lazy",
}  # fmt: skip
TAG = re.compile(r"""{% (?:translate|trans) (?:"([^"]*)"|'([^']*)')""")
BLOCK = re.compile(r"(?s){% blocktrans(?:late)?\b[^%]*%}(.*?){% endblocktrans(?:late)? %}")
MARKUP = re.compile(r"(?s)<[^>]*>|{{.*?}}|{%.*?%}|&\w+;|%\(\w+\)[sd]")
OURS = ("accounts", "blog", "discussion", "home", "mail", "papers", "publishing", "search")
# Wagtail links to none of these: parts of pages that scripts fetch, and doors that stay shut.
NOT_PAGES = (
    "api/main/", "test404/", "failwhale/",
    "results/", "history-results/", "choose/", "chooser/", "discussion/new/", "discussion/edit/",
    "discussion/delete/", "discussion/usage/", "discussion/act/", "discussion-bans/edit/",
    "discussion-bans/usage/", "voices/new/", "voices/delete/", "voices/usage/", "account-events/new/",
    "account-events/edit/", "account-events/delete/", "account-events/history/", "account-events/usage/",
    "suppressed-addresses/usage/", "users/usage/", "users/copy/", "/file/", "gate/check/", "papers/copies/<",
    "generate_url/", "images/<", "images/usage/",
)  # fmt: skip
# Tables that no page of the admin names.
INTERNAL = {"EditionCounter", "Entry", "OAIRecord", "PageText", "Rendition", "Change", "DatabaseMark", "Word"}


def strings_in_python(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and _name(node.func) in TRANSLATES:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def strings_in_template(path: Path) -> Iterator[str]:
    text = re.sub(r"(?s){% comment.*?endcomment %}", "", path.read_text("utf-8"))
    for double, single in TAG.findall(text):
        yield double or single
    yield from BLOCK.findall(text)


def translatable() -> list[tuple[str, str]]:
    """Return every string that a translator gets, without markup and placeholders, with its file."""
    found = []
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix == ".py":
                strings = strings_in_python(path)
            elif path.suffix in (".html", ".txt") and "templates" in str(path.parent):
                strings = strings_in_template(path)
            else:
                continue
            found += [(str(path.relative_to(ROOT)), MARKUP.sub("", string)) for string in strings]
    return found


def test_the_search_for_strings_finds_them():
    texts = {text for _path, text in translatable()}

    assert {"Post comment", "Saved reply", "Comment deleted."} <= texts
    assert len(texts) > 1_000


@pytest.mark.parametrize(
    ("pattern", "advice"),
    [
        (r"['\"]", "Use typographic quotation marks and apostrophes: “ ” and ’."),
        (r"(?i)(?<!white )\bpapers?\b", "Say “white paper”: it is one thing with one name."),
        (r"(?i)\b(?:canned|ready-made|prepared) (?:reply|replies)\b", "Say “saved reply.”"),
        (r"(?i)\bdesk\b|\bsheets?\b|\bletters?\b|\bdeeds?\b|\btalks?\b", "Use the words of the glossary."),
        (r"(?i)\b(?:log ?in|log ?out|feed)\b", "Say “sign in,” “sign out” and “subscribe.”"),
        (r"\d %", "No space before %."),
    ],
)
def test_what_people_read_keeps_to_the_rules(pattern, advice):
    offenders = [f"{path}: {text.strip()[:100]}" for path, text in translatable() if re.search(pattern, text)]

    assert not offenders, "\n  ".join([advice, *offenders])


def test_models_have_names_that_can_be_translated():
    ours = [model for model in apps.get_models() if model.__module__.partition(".")[0] in OURS]
    nameless = [
        model.__name__
        for model in ours
        if not all(
            isinstance(name, Promise) for name in (model._meta.verbose_name, model._meta.verbose_name_plural)
        )
    ]

    assert sorted({*nameless} - INTERNAL) == [], "Give Meta a verbose_name and a verbose_name_plural."


def test_the_tour_of_the_admin_leaves_none_of_our_pages_out():
    anything: dict[str, int] = defaultdict(lambda: 1)
    seen = {resolve(address.partition("?")[0]).route for address in admin_states.addresses(anything)}

    missed = sorted(set(our_routes(get_resolver().url_patterns)) - seen)

    assert [route for route in missed if not any(part in route for part in NOT_PAGES)] == [], (
        "Add these pages to PLACES in tests/support/admin_states.py, so that their words are looked at."
    )


def our_routes(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Return the routes of the admin whose view or model is of one of our rooms."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from our_routes(pattern.url_patterns, route)
        elif route.startswith("admin/") and is_ours(pattern.callback):
            yield route


def is_ours(view: Any) -> bool:
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    kind = getattr(view, "view_class", view)
    model = getattr(view, "view_initkwargs", {}).get("model") or getattr(kind, "model", None)
    modules = [getattr(kind, "__module__", ""), model.__module__ if isinstance(model, type) else ""]
    return any(module.partition(".")[0] in OURS for module in modules)


def test_the_content_that_ships_has_typographic_quotes():
    """Posts, comments and pages of the demo, and the first pages of every site."""
    paths = [*(ROOT / "site/demo/content").rglob("*.toml"), *(ROOT / "site/home/content").glob("*.md")]
    texts = {path.name: path.read_text("utf-8") for path in paths}

    assert len(texts) > 15
    assert [name for name, text in texts.items() if re.search(r"[^\W\d_]'[^\W\d_]", text)] == []
    assert [name for name, text in texts.items() if name.endswith(".md") and '"' in text] == []
