"""Taking one printing part out of a template, to see who misses it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.template import TemplateSyntaxError, engines
from django.template.base import Template

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

# Pictures without words, tags for programs, and scripts.
SILENT = re.compile(r"components/icon\.html|publishing/head\.html|components/stylesheets\.html|block\.super")


def printing_parts(template: Template) -> Iterator[tuple[str, str]]:
    """Yield each part of a template that prints something to be read, and the source without it."""
    source = Path(template.origin.name).read_text("utf-8")
    comments = [match.span() for match in COMMENT.finditer(source)]
    for match in PRINTING.finditer(source):
        is_comment = any(start <= match.start() < end for start, end in comments)
        if (
            not is_comment
            and not SILENT.search(match[0])
            and not UNREAD.search(source[: match.start()].rpartition("\n")[2])
        ):
            line = source.count("\n", 0, match.start()) + 1
            yield f"{template.name}:{line}: {match[0]}", source[: match.start()] + source[match.end() :]


@contextmanager
def replaced(template: Template, source: str) -> Iterator[bool]:
    """Let a loaded template have another source; yield False where that is no template."""
    original = template.nodelist
    try:
        template.nodelist = Template(
            source, template.origin, template.name, engines["django"].engine
        ).nodelist
        yield True
    except TemplateSyntaxError:
        yield False
    finally:
        template.nodelist = original
