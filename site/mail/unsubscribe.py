"""Letters nobody has to have: in two parts, with a way out that mail programs know (RFC 8058)."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string

from mail import queue


def post(to: str, subject: str, letter: str, about: dict[str, object], *, stop: str, key: str = "") -> None:
    """Write the letter of the templates ``letter``; ``stop`` is the link that ends all like it."""
    about |= {"stop": stop, "site": settings.WAGTAIL_SITE_NAME}
    queue.post(
        to=to,
        subject=" ".join(subject.split()),
        text=render_to_string(f"discussion/letters/{letter}.txt", about),
        html=render_to_string(f"discussion/letters/{letter}.html", about),
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        key=key,
    )
