"""What a commenter types, as HTML that is safe on our pages.

Markdown is rendered without raw HTML, images or headings, and what comes out
goes through one allow-list. Both take time that grows with the text alone.
"""

from __future__ import annotations

import nh3
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt

RENDERER_VERSION = 1  # count up whenever the same text would come out differently
MAX_LENGTH = 10_000  # characters
MAX_NESTING = 8  # quotes within quotes

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a"}
ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}

BLOCKS = ["paragraph", "list", "blockquote", "fence"]
INLINE = ["newline", "escape", "entity", "backticks", "emphasis", "link", "autolink", "linkify"]
TIDYING = ["balance_pairs", "fragments_join"]


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"maxNesting": MAX_NESTING, "linkify": True, "breaks": True})
    parser.enable([*BLOCKS, *INLINE, *TIDYING])
    # Addresses of people stay plain text: a link would only help those who collect them.
    parser.linkify = LinkifyIt({}, {"fuzzy_email": False})
    setattr(parser, "validateLink", leads_to_a_web_page)  # noqa: B010 - documented so; the type says "method"
    return parser


def leads_to_a_web_page(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))


_markdown = _parser()


def render(text: str) -> str:
    """Return ``text`` as safe HTML; its links lead to web pages only and lend them no credit."""
    html = nh3.clean(
        _markdown.render(text),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel="nofollow ugc noopener",
    )
    return html.strip()
