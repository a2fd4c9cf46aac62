"""Finding listed words, links and domains in what was written. Needs no database."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from html import unescape
from urllib.parse import urlsplit

from mail.invisible import without_invisible

LINK = re.compile(r'<a\b[^<>]*\bhref="([^"<>]*)"')


def normalize(text: str) -> str:
    """Return ``text`` as it is compared: no case, no look-alike widths, nothing invisible, single spaces."""
    visible = without_invisible(unicodedata.normalize("NFKC", text))
    return " ".join(visible.casefold().split())


def find_blocked_word(text: str, words: Iterable[str]) -> str | None:
    """Return the first of ``words`` that stands in ``text`` as whole words."""
    normalized = normalize(text)
    for word in words:
        normalized_word = normalize(word)
        if normalized_word and re.search(rf"(?<!\w){re.escape(normalized_word)}(?!\w)", normalized):
            return word
    return None


def extract_links(html: str) -> list[str]:
    return [unescape(address) for address in LINK.findall(html)]


def find_blocked_domain(addresses: Iterable[str], domains: Iterable[str]) -> str | None:
    """Return the first of ``domains`` to which one of ``addresses``, of pages or of people, belongs."""
    hosts = [host for address in addresses if (host := host_of(address))]
    for domain in domains:
        normalized_domain = domain.strip().lower().strip(".")
        if any(host == normalized_domain or host.endswith(f".{normalized_domain}") for host in hosts):
            return domain
    return None


def host_of(address: str) -> str:
    """Return the host in lower case; empty for what is no address."""
    if "://" not in address:
        return address.rpartition("@")[2].strip().lower().strip(".")
    try:
        return (urlsplit(address).hostname or "").strip(".")
    except ValueError:
        return ""
