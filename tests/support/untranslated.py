"""Finds the words on a page of the pseudo-locale that no translator will ever be shown."""

from __future__ import annotations

import re
from collections.abc import Collection

from playwright.sync_api import Page

from demo.stand_in.emails import SentEmail
from tests.support.pseudo_locale import CLOSE, OPEN, outside_brackets

# Names, formats and codes that are the same in every language.
SAME_EVERYWHERE = {
    "colloquy", "wagtail", "google", "microsoft", "facebook", "wordpress", "com", "openid", "connect",
    "acrobat", "libreoffice", "chrome", "linux", "gravatar", "apa", "chicago", "harvard", "ieee", "mla",
    "bibtex", "ris", "csl", "json", "csv", "pdf", "doi", "isbn", "orcid",
}  # fmt: skip
# Whose words are not the site's, and why.
NOT_OURS = {
    "script, style, template": "Nobody reads them.",
    "code, pre, kbd": "Code and keys have the same names in every language.",
    "[lang]:not(html)": "A text in a language of its own.",
    ".cite__text": "Citation styles are defined in English, with their “Available at” and “ed.”.",
    "[href*='series=']": "The names of series, which search reads past the Greek letters, too.",
    ".result__snippet": "The search engine cuts it out of what people wrote, past the Greek letters.",
}
ATTRIBUTES = [
    "alt", "title", "aria-label", "placeholder", "aria-description", "label",
    "data-copied-label", "data-hide-label", "data-show-label", "data-connecting-label",
    "data-quote-label", "data-default-label", "data-prefilled-note",
]  # fmt: skip
READ = """
(root, [notOurs, names]) => {
  const said = [], attributes = [];
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walk.currentNode; node; node = walk.nextNode()) {
    const it = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (!it || it.closest(notOurs)) continue;
    if (node.nodeType === Node.TEXT_NODE) said.push(node.data);
    else for (const name of names) if (node.hasAttribute(name)) attributes.push(node.getAttribute(name));
    if (it === node && node.matches("input[type=submit], input[type=button]")) attributes.push(node.value);
    if (it === node && node.matches("meta[name=description]")) attributes.push(node.content);
  }
  return said.concat(attributes);
}
"""
# In place of the catalog that Django gives to Wagtail's scripts.
SCRIPTS_IN_BRACKETS = f"""
window.django = {{
  jsi18n_initialized: true, catalog: {{}}, formats: {{}},
  pluralidx: (count) => (count === 1 ? 0 : 1),
  gettext: (text) => `{OPEN}${{text}}{CLOSE}`,
  ngettext: (one, many, count) => `{OPEN}${{count === 1 ? one : many}}{CLOSE}`,
  gettext_noop: (text) => text,
  pgettext: (context, text) => `{OPEN}${{text}}{CLOSE}`,
  npgettext: (context, one, many, count) => `{OPEN}${{count === 1 ? one : many}}{CLOSE}`,
  interpolate: (text, values, named) => named
    ? text.replace(/%\\(\\w+\\)s/g, (match) => String(values[match.slice(2, -2)]))
    : text.replace(/%s/g, () => String(values.shift())),
  get_format: (name) => name,
}};
"""
# Addresses, names of files, codes and reference numbers, names that code gives to things, and what hostile
# people of other tests left behind.
NO_WORDS = re.compile(
    r"https?://\S+|\S+@\S+|[\w-]+\.(?:pdf|csv)\b|\b[A-Z0-9]+(?:-[A-Z0-9]+)+\b|\w+_\w+|</?script>"
)


def put_scripts_in_brackets(page: Page) -> None:
    page.add_init_script(SCRIPTS_IN_BRACKETS)


def untranslated_in(email: SentEmail) -> list[str]:
    """Return each line of an e-mail, its subject included, that holds a Latin word outside the brackets."""
    return [line for line in outside_brackets([email.subject, *email.text.splitlines()]) if has_words(line)]


def untranslated(page: Page, *, allowed: Collection[str] = ()) -> list[str]:
    """Return each text on the page, once, that holds a Latin word outside the brackets.

    ``allowed`` are whole texts that may.
    """
    texts = page.locator("html").evaluate(READ, [", ".join(NOT_OURS), ATTRIBUTES])
    found = [" ".join(text.split())[:120] for text in outside_brackets(texts) if has_words(text)]
    return [text for text in dict.fromkeys(found) if text not in allowed]


def has_words(text: str) -> bool:
    words = re.findall(r"[A-Za-z]{3,}", NO_WORDS.sub("", text))
    return any(word.lower() not in SAME_EVERYWHERE for word in words)
