"""``{% cite page citation %}``: how to cite a paper, kept for as long as its citation is the same."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from pagecache import fragments
from papers.citation.citation import Citation

register = template.Library()


@register.simple_tag
def cite(page: Any, citation: Citation) -> SafeString:
    """Show every style and format of a citation, all of which are made of its item."""
    url, item = page.url or "", json.dumps(citation.item)
    return fragments.render(
        ("papers/cite.html", url, citation.query, citation.page, item),
        lambda: render_to_string("papers/cite.html", {"url": url, "citation": citation}),
    )
