"""Where the site's own files are: in a checkout, or in an installed package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parents[1]
IN_CHECKOUT = _PACKAGE.parent.name == "site" and (_CHECKOUT / "manage.py").is_file()

# The folder that holds templates/, static/ and locale/. pyproject.toml copies them into the wheel.
RESOURCES = _CHECKOUT if IN_CHECKOUT else _PACKAGE / "resources"
DEFAULT_DATA_DIR = (_CHECKOUT if IN_CHECKOUT else Path.cwd()) / "var"
# What a Python process needs on its path to import the site; an installed package needs nothing.
SOURCE_ROOTS = [str(_CHECKOUT), str(_CHECKOUT / "site")] if IN_CHECKOUT else []
