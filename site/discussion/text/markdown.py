"""What a commenter types, as HTML that is safe on our pages.

Markdown is rendered without raw HTML, images or headings, and what comes out
goes through one allow-list. Both take time that grows with the text alone.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import Any

import nh3
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, list_block
from markdown_it.rules_inline import StateInline

from mail.invisible import is_invisible, without_invisible

RENDERER_VERSION = 3  # count up whenever the same text would come out differently
MAX_LENGTH = 10_000  # characters
MAX_NESTING = 8  # quotes within quotes

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a"}
ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}

BLOCKS = ["paragraph", "list", "blockquote", "fence"]
INLINE = ["newline", "escape", "entity", "backticks", "emphasis", "link", "autolink", "linkify"]
TIDYING = ["balance_pairs", "fragments_join"]


# Signs that an address may hold in the middle of a word: of Catalan and of Japanese names.
WORD_SIGNS = "\u00b7\u30fb"
APOSTROPHE = re.compile(r"\u2019(?!s?\b|s?$|\W)")  # that no s follows, as it does in "example.org’s"
TAG = re.compile(r"<[^<>]*>")
TRAILING = ".,;:!?'\"*_~"
STARS = re.compile(r"\*+")
LIST_START = re.compile(r"\s*([0-9]{1,9})[.)]")


class SentenceLinkifyIt(LinkifyIt):
    """Finds addresses in running text, and leaves its punctuation to the sentence."""

    def _create_match(self, text: str, schema: str, index: int, last_index: int) -> Any:
        found = text[index:last_index]
        end = end_in_sentence(found)
        if end < len(found):
            last_index = index + len(found[:end].rstrip(TRAILING))
        return super()._create_match(text, schema, index, last_index)


def end_in_sentence(address: str) -> int:
    """Return where a sentence goes on: at the first punctuation or invisible character beyond ASCII.

    An address could hold them in theory; linkify-it knows the ASCII ones.
    """
    if address.isascii():
        return len(address)
    return next((at for at, sign in enumerate(address) if ends_address(address, at, sign)), len(address))


def ends_address(address: str, at: int, sign: str) -> bool:
    if sign.isascii() or sign in WORD_SIGNS or APOSTROPHE.match(address, at):
        return False
    return unicodedata.category(sign).startswith("P") or is_invisible(sign)


def list_from_one(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Begin a list at 0 or 1 only: "1986. A great year" is a sentence."""
    begin = state.bMarks[start] + state.tShift[start]  # within the item of a list above it, too
    line = state.src[begin : begin + 40]
    match = LIST_START.match(line)
    continues_list = silent and state.listIndent >= 0
    if match and int(match[1]) > 1 and not continues_list:
        return False
    return list_block(state, start, end, silent)


def stars_between_words(state: StateInline, silent: bool) -> bool:
    """Keep stars between a digit and a digit or letter, as in 5*3*2 and 2**8, as stars."""
    pos, text = state.pos, state.src
    stars = STARS.match(text, pos)
    if stars is None:
        return False
    around = text[pos - 1 : pos] + text[stars.end() : stars.end() + 1]
    if len(around) == 2 and around.isalnum() and any(map(str.isdigit, around)):
        if not silent:
            state.pending += stars[0]
        state.pos = stars.end()
        return True
    return False


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"maxNesting": MAX_NESTING, "linkify": True, "breaks": True})
    parser.enable([*BLOCKS, *INLINE, *TIDYING])
    # Addresses of people stay plain text: a link would only help those who collect them.
    parser.linkify = SentenceLinkifyIt({}, {"fuzzy_email": False})
    parser.block.ruler.at("list", list_from_one, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.inline.ruler.before("emphasis", "stars_between_words", stars_between_words)
    setattr(parser, "validateLink", leads_to_a_web_page)  # noqa: B010 - documented so; the type says "method"
    return parser


def leads_to_a_web_page(url: str) -> bool:
    """Say whether ``url`` is an address on the web, or one on this site that begins with a slash."""
    is_ours = url.startswith("/") and not url.startswith(("//", "/\\"))
    return is_ours or url.lower().startswith(("http://", "https://"))


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


def is_empty(html: str) -> bool:
    """Say whether rendered text shows nothing: only marks, spaces and invisible characters."""
    return not without_invisible(unescape(TAG.sub("", html))).strip()
