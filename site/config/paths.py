"""Where the site's own files are: in a checkout, or in an installed package."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parents[1]
IN_CHECKOUT = _PACKAGE.parent.name == "site" and (_CHECKOUT / "manage.py").is_file()

# The folder that holds templates/, static/ and locale/. pyproject.toml copies them into the wheel.
RESOURCES = _CHECKOUT if IN_CHECKOUT else _PACKAGE / "resources"
DEFAULT_DATA_DIR = (_CHECKOUT if IN_CHECKOUT else Path.cwd()) / "var"
# What a Python process needs on its path to import the site; an installed package needs nothing.
SOURCE_ROOTS = [str(_CHECKOUT), str(_CHECKOUT / "site")] if IN_CHECKOUT else []


# The top packages, by which the folders of an installed site are found among all others.
ROOMS = (
    "accounts", "blog", "config", "demo", "discussion", "home", "mail", "pagecache", "papers", "public_forms",
    "publishing", "sandbox", "search",
)  # fmt: skip


def build_folders() -> list[Path]:
    """Return the folders whose files make the pages: code, templates and static files."""
    found = [find_spec(name) for name in ROOMS]
    packages = [Path(spec.origin).parent for spec in found if spec is not None and spec.origin]
    return [*packages, RESOURCES / "templates", RESOURCES / "static"]
