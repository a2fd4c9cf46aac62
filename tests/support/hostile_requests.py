"""Requests that nobody's browser sends, to every public address and every public form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_from_bytes, urlsplit

from bs4 import BeautifulSoup, Tag
from django.test import Client
from hypothesis import strategies as st

from tests.support.injection_payloads import NAUGHTY, PAYLOADS

PARAMETER = re.compile(r"<(\w+)>")
FORM = "application/x-www-form-urlencoded"
BOUNDARY = "x-x-x"
# What public pages read from a query, and a few names that none reads.
QUERY = (
    "q", "kind", "topic", "author", "audience", "series", "year", "month", "tag", "page", "order", "role",
    "talk", "thread", "part", "at", "edition", "anchor_edition", "anchor_page", "anchor_quote", "next",
    "process", "verb", "metadataPrefix", "identifier", "from", "until", "set", "resumptionToken", "code",
    "state", "error", "preview", "format", "p", "__proto__", "id[]", "pk__in", "password",
)  # fmt: skip
NUMBERS = (
    "-1", "0", "1", "2", "00", "1e9", "1.5", "NaN", "Infinity", "0x10", "١٢", "²", "9" * 10, "9" * 19,
    "9" * 400, "-" + "9" * 30, "2147483648", "9223372036854775808",
)  # fmt: skip
ODDITIES = (
    "", " ", "\x00", "a\x00b", "\r\nSet-Cookie: a=b", "\x1b[31m", "\u202e", "\ufeff", "\ud800",
    "\U0010ffff", "é" * 300, "e\u0301" * 200, "%", "%s%n", "{}", "{0.__class__}", "{{ 7*7 }}",
    "../../etc/passwd", "..%2f", "//evil.example/", "javascript:alert(1)", "http://[::1", "' OR 1=1 --",
    '"', "NEAR(", "a AND", "*", "a" * 10_001, "on", "null", "[]", "2026-02-30", "2026-13-01T99:99:99Z",
    "0000-00-00", "9999-12-31", "a@b", "a@" + "b" * 300 + ".example", "a@[127.0.0.1]",
    "\"a b\"@example.org", "a@exämple.org", "a@example.org\nBcc: b@example.org",
)  # fmt: skip

values = st.one_of(
    st.sampled_from(ODDITIES), st.sampled_from(NUMBERS), st.sampled_from(PAYLOADS), st.sampled_from(NAUGHTY),
    st.text(max_size=40), st.integers().map(str),
    st.text(st.characters(categories=["Cc", "Cf", "Cs", "Co", "Mn", "Zl"]), max_size=12),
)  # fmt: skip


@dataclass(frozen=True)
class PublicForm:
    action: str
    fields: tuple[tuple[str, str], ...] = field(hash=False)


def forms_in(html: str, *, page: str) -> Iterable[PublicForm]:
    """Yield each form of a page that is sent by POST, with the names and values of its fields."""
    for form in BeautifulSoup(html, "html.parser").find_all("form"):
        if form.get("method", "").lower() == "post":
            controls = form.select("input[name], textarea[name], select[name], button[name]")
            yield PublicForm(
                form.get("action") or page, tuple((one["name"], value_of(one)) for one in controls)
            )


def value_of(control: Tag) -> str:
    if control.name == "select":
        return (control.select_one("option[selected]") or control.option)["value"]
    return control.text if control.name == "textarea" else str(control.get("value", ""))


def find_forms(clients: Iterable[Client], paths: Iterable[str]) -> list[PublicForm]:
    """Return the forms on the pages at ``paths``, one of each action and set of fields."""
    found: dict[Any, PublicForm] = {}
    for client in clients:
        for path in paths:
            response = client.get(path)
            if response.status_code < 300 and response["Content-Type"].startswith("text/html"):
                for form in forms_in(response.content.decode(), page=path):
                    found.setdefault((form.action, tuple(name for name, _value in form.fields)), form)
    return list(found.values())


def encoded(pairs: Iterable[tuple[str, str]]) -> bytes:
    """Return a form's body or a query; a lone surrogate becomes bytes that are not UTF-8."""
    return b"&".join(
        b"=".join(quote_from_bytes(one.encode("utf-8", "surrogatepass"), safe="").encode() for one in pair)
        for pair in pairs
    )


def multipart(pairs: Iterable[tuple[str, str]], *, end: bool, file: bool) -> bytes:
    parts = []
    for name, value in pairs:
        head = f'Content-Disposition: form-data; name="{name}"' + ('; filename="a.png"' if file else "")
        parts.append(f"--{BOUNDARY}\r\n{head}\r\n\r\n{value}\r\n")
    return ("".join(parts) + (f"--{BOUNDARY}--\r\n" if end else "")).encode("utf-8", "surrogatepass")


@st.composite
def fields(draw: st.DrawFn, form: PublicForm) -> list[tuple[str, str]]:
    """Draw what is sent: most fields as they are, some hostile, gone, twice, or as an array."""
    pairs: list[tuple[str, str]] = []
    for name, value in form.fields:
        match draw(st.sampled_from(["keep", "keep", "keep", "change", "change", "drop", "twice", "array"])):
            case "keep":
                pairs.append((name, value or draw(st.sampled_from(["A word.", "ada@example.org", "1"]))))
            case "change":
                pairs.append((name, draw(values)))
            case "twice":
                pairs += [(name, value), (name, draw(values))]
            case "array":
                pairs.append((f"{name}[]", draw(values)))
    return pairs + draw(st.lists(st.tuples(st.sampled_from(QUERY), values), max_size=1))


@st.composite
def posts(draw: st.DrawFn, forms: list[PublicForm]) -> dict[str, Any]:
    """Draw a POST to one of ``forms``, as arguments of ``Client.generic``."""
    form = draw(st.sampled_from(forms))
    pairs = draw(fields(form))
    kind = draw(st.sampled_from(["form"] * 6 + ["multipart", "multipart", "charset", "json", "junk"]))
    body, content_type = encoded(pairs), FORM
    if kind == "multipart":
        body = multipart(pairs, end=draw(st.booleans()), file=draw(st.booleans()))
        content_type = (
            f"multipart/form-data; boundary={draw(st.sampled_from([BOUNDARY, BOUNDARY, 'other', '']))}"
        )
    elif kind == "charset":
        content_type = (
            f"{FORM}; charset={draw(st.sampled_from(['utf-16', 'latin-1', 'utf-7', 'idna', 'no', '']))}"
        )
    elif kind == "json":
        body, content_type = b'{"comment": ["x"]}', "application/json"
    elif kind == "junk":
        body, content_type = (
            draw(st.binary(max_size=200)),
            draw(st.sampled_from([FORM, "", "a/b", "multipart/form-data"])),
        )
    return {"method": "POST", "path": urlsplit(form.action).path, "data": body, "content_type": content_type}


@st.composite
def visits(draw: st.DrawFn, addresses: list[tuple[str, str]]) -> dict[str, Any]:
    """Draw a request to one of ``addresses`` (route, path), its parameters and query hostile or not."""
    route, path = draw(st.sampled_from(addresses))
    if draw(st.booleans()):
        changed = PARAMETER.sub(lambda _match: quote(draw(values)), "/" + route)
        path = changed if len(changed) < 8000 else path
    pairs = draw(st.lists(st.tuples(st.sampled_from(QUERY), values), max_size=3))
    return {
        "method": draw(st.sampled_from(["GET"] * 8 + ["HEAD", "OPTIONS", "PUT", "POST"])),
        "path": path, "QUERY_STRING": encoded(pairs).decode(), "headers": draw(headers()),
    }  # fmt: skip


def quote(value: str) -> str:
    return quote_from_bytes(value.encode("utf-8", "surrogatepass"), safe="") or "0"


@st.composite
def headers(draw: st.DrawFn) -> dict[str, str]:
    """Draw a few headers, of what a web server lets through: no line breaks, Latin-1."""
    names = [
        "Range", "If-None-Match", "If-Modified-Since", "Accept-Language", "Accept", "User-Agent",
        "HX-Request", "Referer", "Cookie", "X-Forwarded-For", "Accept-Encoding",
    ]  # fmt: skip
    chosen = draw(st.dictionaries(st.sampled_from(names), values, max_size=2))
    return {
        name: re.sub(r"[\r\n\x00]", " ", value).encode("latin-1", "replace").decode("latin-1")
        for name, value in chosen.items()
    }
