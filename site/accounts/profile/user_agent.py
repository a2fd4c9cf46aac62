"""Names of browsers and systems, from the User-Agent header."""

from __future__ import annotations

# Browsers also send the names of those below them, so the order matters.
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


def describe(agent: str) -> tuple[str, str]:
    """Return browser and system by the ``User-Agent`` header, each empty where it is unknown."""
    return _first(BROWSERS, agent), _first(SYSTEMS, agent)


def _first(names: list[tuple[str, str]], agent: str) -> str:
    return next((name for token, name in names if token in agent), "")
