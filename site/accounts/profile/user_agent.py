"""A browser by the name its user knows it by."""

from __future__ import annotations

# Each also carries the names of those below it, so the order decides.
BROWSERS = [
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
]
SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),  # codespell:ignore cros
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
]


def told_by(agent: str) -> tuple[str, str]:
    """Return browser and system as the ``User-Agent`` header names them; empty for what it doesn't say."""
    return _first(BROWSERS, agent), _first(SYSTEMS, agent)


def _first(known: list[tuple[str, str]], agent: str) -> str:
    return next((name for mark, name in known if mark in agent), "")
