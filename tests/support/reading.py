"""What a reader reads of a page, in order, as lines of text.

A line is one block (a paragraph, a heading, an item of a list); links, pictures
and fields stand in it with where they lead and what they are called:

    # Sharing a nurse
    {nav: Main}
    [Quill Feather](/authors/quill-feather/), Nov. 3, 2026
    ![Two towns share one bus.]
    ⟨QF⟩ is seen and not heard; <Publish comment> is a button, _q: nurse_ a field with a value
"""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, NavigableString, PageElement, Tag
from bs4.element import Comment, Declaration, Doctype

SILENT = {"script", "style", "svg", "template", "source", "option", "noscript", "link", "meta"}
BLOCKS = {
    "address", "article", "aside", "blockquote", "caption", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend",
    "li", "main", "nav", "ol", "p", "pre", "search", "section", "select", "summary", "table", "tbody",
    "textarea", "thead", "tr", "ul",
}  # fmt: skip
AFTER = {"button": ">", "mark": "**", "q": "”", "td": " |", "th": " |"}
# Addresses with the key of a row.
KEYED = re.compile(
    r"(/discussion/[a-z-]+/|/discussion/sign-in/[a-z]+/|/documents/|/accessible-format/|/copies/ask/|#comment-)(\d+)"
)

# What a storage adds to the name of a file that is there already.
SUFFIX = re.compile(r"_[a-zA-Z0-9]{7}(?=\.)")


def reading_of(html: str, *, within: str = "main") -> str:
    """Return title, description and feeds of a page, then the text of the element ``within``."""
    soup = BeautifulSoup(html, "html.parser")
    lines = [*_head(soup), "", *_Reader().lines(soup.select_one(within))]
    return "\n".join(lines) + "\n"


def _head(soup: BeautifulSoup) -> list[str]:
    lines = [f"title: {' '.join(soup.title.get_text().split())}"]
    lines += [f"description: {tag['content']}" for tag in soup.select('meta[name="description"]')]
    lines += [f"robots: {tag['content']}" for tag in soup.select('meta[name="robots"]')]
    lines += [f"canonical: {tag['href']}" for tag in soup.select('link[rel="canonical"]')]
    return lines + [f"feed: [{tag['title']}]({tag['href']})" for tag in soup.select('link[rel="alternate"]')]


class _Reader:
    """Walks through a page; gives every row of the database the number in which it is met.

    Keys differ from run to run, and so does nothing else on a page.
    """

    def __init__(self) -> None:
        self.done: list[str] = []
        self.start, self.line = "", ""
        self.keys: dict[tuple[str, str], str] = {}

    def lines(self, root: Tag) -> list[str]:
        self.walk(root)
        self.end_line()
        return self.done

    def end_line(self) -> None:
        """Write the line; what it starts with waits for the first words, in whatever block they are."""
        if line := " ".join(self.line.split()):
            self.done.append(re.sub(r"(?<=[\[<⟨]) | (?=[⟩|\]])", "", self.start + line))
            self.start = ""
        self.line = ""

    def walk(self, node: PageElement) -> None:
        if isinstance(node, Comment | Doctype | Declaration):
            return
        if isinstance(node, NavigableString):
            self.line += str(node)
        elif isinstance(node, Tag) and node.name not in SILENT and not node.has_attr("hidden"):
            self.enter(node)

    def enter(self, tag: Tag) -> None:
        is_block, is_unheard = tag.name in BLOCKS, tag.get("aria-hidden") == "true"
        if is_block:
            self.end_line()
        if label := tag.get("aria-label"):
            self.line += f" {{{tag.name}: {label}}} "
            if is_block:
                self.end_line()
        self.start += self.at_the_start(tag)
        self.line += {"a": "[", "button": "<", "mark": "**", "q": "“", "br": " / "}.get(tag.name, "")
        self.line += "⟨" if is_unheard else ""
        for child in tag.children:
            self.walk(child)
        self.line += "⟩" if is_unheard else ""
        self.line += self.after(tag)
        if is_block:
            self.end_line()

    def at_the_start(self, tag: Tag) -> str:
        level = "#" * int(tag.name[1]) + " " if re.fullmatch("h[1-6]", tag.name) else ""
        bullet = "- " if tag.name == "li" else ""
        return level + bullet + (f"({tag['lang']}) " if tag.has_attr("lang") else "")

    def after(self, tag: Tag) -> str:
        if tag.name == "a":
            current = ", current" if tag.has_attr("aria-current") else ""
            return f"]({self.address(tag.get('href', ''))}{current})"
        if tag.name == "img":
            return f"![{tag.get('alt', 'no alt')}]"
        if tag.name == "form":
            return f" {{to {self.address(tag['action'])}}}" if tag.has_attr("action") else ""
        if tag.name in {"input", "select", "textarea"}:
            return "" if tag.get("type") == "hidden" else f" {self.field(tag)}"
        return AFTER.get(tag.name, "")

    def field(self, tag: Tag) -> str:
        """Return a field with its name and what stands in it: ``_q: nurse_``."""
        chosen = tag.select("option[selected]") or tag.select("option")[:1]
        value = tag.get("value") or ", ".join(option.get_text() for option in chosen)
        hint = f" ({tag['placeholder']})" if tag.get("placeholder") else ""
        return f"_{tag.get('name', '')}{': ' if value else ''}{value}{hint}_"

    def address(self, url: str) -> str:
        if "/documents/" in url:
            url = SUFFIX.sub("", url)
        return KEYED.sub(lambda found: found[1] + self.number_of(table_of(found[1]), found[2]), url)

    def number_of(self, table: str, key: str) -> str:
        return self.keys.setdefault((table, key), f"<{len(self.keys) + 1}>")


def table_of(address: str) -> str:
    """Return whose key follows ``address``: rows of two tables may have the same."""
    if re.fullmatch(r"#comment-|/discussion/(comment|reply|report|useful|edit|delete)/", address):
        return "comment"
    return "page" if address.startswith(("/discussion/", "/copies/")) else address
