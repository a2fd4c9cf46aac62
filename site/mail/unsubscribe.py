"""Subscription e-mail: text and HTML, with one-click unsubscribe for mail programs (RFC 8058)."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string

from mail import queue


def enqueue(
    *,
    to: str,
    subject: str,
    template: str,
    context: dict[str, object],
    unsubscribe_url: str,
    key: str = "",
) -> None:
    """Queue an e-mail made of the caller's templates ``<template>.txt`` and ``<template>.html``.

    Both get ``context``, ``unsubscribe_url`` and ``site``, the site's name. A
    POST to ``unsubscribe_url`` has to end all e-mail of this kind, without a
    cookie or a CSRF token.
    """
    context = context | {"unsubscribe_url": unsubscribe_url, "site": settings.WAGTAIL_SITE_NAME}
    queue.enqueue(
        to=to,
        subject=" ".join(subject.split()),
        text=render_to_string(f"{template}.txt", context),
        html=render_to_string(f"{template}.html", context),
        headers={
            "List-Unsubscribe": f"<{unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        key=key,
    )
