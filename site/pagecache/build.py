"""A number for this build: what makes the same page of the same data another one."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from django.conf import settings

SUFFIXES = {".py", ".html", ".css", ".js", ".svg", ".csl", ".po", ".mo", ".txt", ".xml", ".json"}
PACKAGES = ("django", "wagtail", "django-allauth", "brotli", "markdown-it-py", "nh3")


def build_number(folders: Iterable[Path]) -> str:
    """Return a digest of what is in ``folders``, of versions and settings: 24 hexadecimal digits.

    Takes some thirty milliseconds, once for each process.
    """
    digest = hashlib.sha256()
    digest.update(json.dumps([sys.version, [metadata.version(name) for name in PACKAGES]]).encode())
    simple = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
    digest.update(json.dumps(simple, default=_plain, sort_keys=True).encode())
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in SUFFIXES and path.is_file():
                digest.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return digest.hexdigest()[:24]


def _plain(value: object) -> object:
    """Return what tells two settings apart, the same in every process.

    A set comes in another order each time; an object without a word for itself is known by its class.
    """
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    text = str(value)
    return type(value).__name__ if " at 0x" in text else text
