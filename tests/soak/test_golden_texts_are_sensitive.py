"""Whatever a template of a public page prints, some golden text misses it when it is gone.

Each variable, sentence, picture and included template is taken out of its template,
one after the other; the pages that use the template have to read differently then.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import TemplateSyntaxError, engines
from django.template.base import Template
from django.test.signals import template_rendered

from tests.test_golden_texts import PAGES, rich_site, text_of

__all__ = ["rich_site"]
pytestmark = [pytest.mark.soak, pytest.mark.django_db]

PRINTING = re.compile(
    r"""{{[^}]+}}
    | {%\ blocktranslate(?:(?!asvar).)*?{%\ endblocktranslate\ %}
    | {%\ (?:translate|include|include_block|image|picture|navigation)\ (?:(?!\ as\ ).)*?%}
    """,
    re.VERBOSE | re.DOTALL,
)
COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}", re.DOTALL)
# What stands in these attributes no reader reads.
UNREAD = re.compile(
    r"""\b(?:class|id|for|lang|dir|datetime|width|height|src|srcset|type|rel|value|form|sizes|property
    |aria-labelledby|aria-describedby|aria-pressed|data-[a-z-]+)=["'][^"']*$""",
    re.VERBOSE,
)
# Templates whose work is not to be read.
SILENT = {
    "components/icon.html", "components/stylesheets.html", "publishing/head.html",
}  # fmt: skip


def printing_parts(source: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of everything in a template that prints something to be read."""
    comments = [found.span() for found in COMMENT.finditer(source)]
    for found in PRINTING.finditer(source):
        if any(start <= found.start() < end for start, end in comments):
            continue
        if not UNREAD.search(source[: found.start()].rpartition("\n")[2]):
            yield found.span()


def templates_of_pages(client) -> tuple[dict[str, str], dict[str, set[str]], dict[str, Template]]:
    """Return the text of each page, and by template the pages that use it, and the template itself."""
    texts: dict[str, str] = {}
    pages: dict[str, set[str]] = defaultdict(set)
    templates: dict[str, Template] = {}
    for name in PAGES:

        def note(sender, template, name=name, **about):
            if "/templates/" in template.origin.name and "site-packages" not in template.origin.name:
                pages[template.name].add(name)
                templates[template.name] = template

        template_rendered.connect(note)
        try:
            texts[name] = text_of(client, name)
        finally:
            template_rendered.disconnect(note)
    return texts, pages, templates


def test_nothing_can_be_lost_from_a_page_unnoticed(client, rich_site):
    texts, pages, templates = templates_of_pages(client)
    engine = engines["django"].engine
    unnoticed = []

    for name in sorted(set(templates) - SILENT):
        template = templates[name]
        source = Path(template.origin.name).read_text("utf-8")
        original = template.nodelist
        for start, end in printing_parts(source):
            try:
                mutant = Template(source[:start] + source[end:], template.origin, name, engine)
            except TemplateSyntaxError:
                continue
            template.nodelist = mutant.nodelist
            try:
                is_noticed = any(text_of(client, page) != texts[page] for page in sorted(pages[name]))
            finally:
                template.nodelist = original
            if not is_noticed:
                line = source.count("\n", 0, start) + 1
                unnoticed.append(f"{name}:{line}: {source[start:end]}")

    assert not unnoticed, "No golden text misses these:\n" + "\n".join(unnoticed)
