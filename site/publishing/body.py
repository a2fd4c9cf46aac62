"""Renders the blocks of a body: what shows nothing but itself is kept, and all cards are loaded together."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StreamValue

from pagecache import fragments
from publishing.cards import Card, card_of
from publishing.models import all_pages
from publishing.models.listing import for_cards
from publishing.templatetags.parts import part

# Blocks that are made of their own values alone, unless their text leads to a page or a file of the site.
SELF_CONTAINED = {"text", "pull_quote", "table", "call_out", "video"}
REFERENCE = re.compile(r"linktype=|<embed")


def render_body(body: StreamValue) -> SafeString:
    """Return the blocks as HTML; at most two queries for all cards, and one or two for other files."""
    load_cards([body])
    return mark_safe("".join(render_block(body, place) for place in range(len(body))))  # noqa: S308


def render_block(body: StreamValue, place: int) -> str:
    kind, value = body.raw_data[place]["type"], body.raw_data[place]["value"]
    if kind == "card":
        return part("publishing/blocks/card.html", card=cards_in(body).get(card_target(value)))
    if kind in SELF_CONTAINED:
        source = value if isinstance(value, str) else json.dumps(value)
        if not REFERENCE.search(source):
            return fragments.render(("block", kind, source), lambda: body[place].render())
    return body[place].render()


def load_cards(bodies: Iterable[StreamValue]) -> None:
    """Load what the cards of ``bodies`` lead to, as far as it is public, where it isn't loaded yet."""
    missing = [body for body in bodies if "cards" not in vars(body)]
    targets = card_targets(missing)
    pages = for_cards(all_pages().published().filter(pk__in=targets)) if targets else []
    for body in missing:
        give_cards(body, pages)


def give_cards(body: StreamValue, pages: Iterable[Any]) -> None:
    """Let ``body`` show cards of ``pages``, which are public and loaded for cards, and no others."""
    body.cards = {page.pk: card_of(page) for page in pages}


def card_targets(bodies: Iterable[StreamValue]) -> set[int]:
    """Return the keys of the pages that the cards of ``bodies`` lead to."""
    blocks = (block for body in bodies for block in body.raw_data if block["type"] == "card")
    return {target for block in blocks if (target := card_target(block["value"]))}


def cards_in(body: StreamValue) -> dict[int | None, Card]:
    return body.cards


def card_target(value: Any) -> int | None:
    """Return the key of the page that a card leads to, from its stored value."""
    return (value or {}).get("page")
