"""Citation files for reference managers: BibTeX, RIS, CSL-JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import string_to_ascii

Item = dict[str, Any]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# An escaped brace still counts when BibTeX looks for the end of a value: hence text for braces.
TEX_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "&%$#_"},
    }
)
SMALL_WORDS = {"a", "an", "and", "at", "for", "from", "in", "of", "on", "or", "the", "to", "what", "with"}


@dataclass(frozen=True)
class Format:
    """A file format: its name, extension and content type, and the function that writes it."""

    name: Any
    extension: str
    content_type: str
    writer: Callable[[Item], str]


def one_line(text: str) -> str:
    """Return ``text`` on one line, without control characters."""
    plain = "".join(
        " " if character.isspace() or unicodedata.category(character) in ("Cc", "Zl", "Zp") else character
        for character in text
        if unicodedata.category(character) != "Cs"
    )
    return " ".join(plain.split())


def tex(text: str) -> str:
    return one_line(text).translate(TEX_ESCAPES)


def escape_url(text: str) -> str:
    """Return an address or DOI with the characters escaped that would end a BibTeX value."""
    return re.sub(r"[\s{}\\\"]", lambda character: f"%{ord(character.group()):02X}", one_line(text))


def date_of(item: Item) -> list[int]:
    return list(item.get("issued", {}).get("date-parts", [[]])[0])


def key_of(item: Item) -> str:
    """Return the citation key of a work: quillfeather2009building."""
    names = [author.get("family") or author.get("literal", "") for author in item.get("author", [])[:1]]
    text = [word for word in re.split(r"\W+", item["title"].lower()) if word not in SMALL_WORDS]
    year = [str(date_of(item)[0])] if date_of(item) else []
    joined = "".join([*names, *year, *text[:1]]).lower()
    return re.sub(r"[^a-z0-9]", "", string_to_ascii(joined).lower()) or "paper"


def bibtex(item: Item) -> str:
    """Return a ``@techreport`` for BibTeX and biblatex."""
    fields = [
        f"  {name} = {value}" if name == "month" else f"  {name} = {{{value}}}"  # a month is a macro
        for name, value in bibtex_fields(item)
        if value
    ]
    return f"@techreport{{{key_of(item)},\n" + ",\n".join(fields) + "\n}\n"


def bibtex_fields(item: Item) -> Iterator[tuple[str, str]]:
    date = date_of(item)
    edition = f"Edition {item['edition']}" if "edition" in item else ""
    page = f"p. {item['page']}" if "page" in item else ""
    yield "author", " and ".join(tex_name(author) for author in item.get("author", []))
    yield "title", f"{{{tex(item['title'])}}}"
    yield "institution", tex(item.get("publisher", ""))
    yield "type", tex(item.get("genre", ""))
    yield "series", tex(item.get("collection-title", ""))
    yield "number", tex(item.get("number", ""))
    yield "year", str(date[0]) if date else ""
    yield "month", MONTHS[date[1] - 1] if len(date) > 1 else ""
    yield "note", tex(", ".join(filter(None, [edition, page])))
    yield "isbn", tex(item.get("ISBN", ""))
    yield "doi", escape_url(item.get("DOI", ""))
    yield "url", escape_url(item.get("URL", ""))


def tex_name(author: dict[str, str]) -> str:
    """Return "{Le Guin}, {Ursula}"; braces keep "and" and commas within a name from splitting it."""
    if "literal" in author:
        return f"{{{tex(author['literal'])}}}"
    parts = [author["family"], author.get("suffix", ""), author.get("given", "")]
    return ", ".join(f"{{{tex(part)}}}" for part in parts if part)


def ris(item: Item) -> str:
    """Return a record as reference managers have exchanged them since 1990, lines extension in CR LF."""
    return "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in ris_lines(item))


def ris_lines(item: Item) -> Iterator[tuple[str, str]]:
    date = date_of(item)
    yield "TY", "RPRT"
    for author in item.get("author", []):
        parts = [author.get("family"), author.get("given"), author.get("suffix")]
        yield "AU", author.get("literal") or ", ".join(part for part in parts if part)
    if date:
        yield "PY", str(date[0])
        yield "DA", "/".join(f"{part:02}" for part in date)
    pairs = [
        ("TI", "title"), ("PB", "publisher"), ("M3", "genre"), ("T3", "collection-title"), ("M1", "number"),
        ("ET", "edition"), ("SP", "page"), ("SN", "ISBN"), ("DO", "DOI"), ("UR", "URL"), ("AB", "abstract"),
        ("LA", "language"),
    ]  # fmt: skip
    for tag, name in pairs:
        if item.get(name):
            yield tag, item[name]
    yield "ER", ""


def csl_json(item: Item) -> str:
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


FORMATS = {
    "bibtex": Format("BibTeX", "bib", "application/x-bibtex; charset=utf-8", bibtex),
    "ris": Format("RIS", "ris", "application/x-research-info-systems; charset=utf-8", ris),
    "csl-json": Format(_("CSL-JSON"), "json", "application/vnd.citationstyles.csl+json", csl_json),
}
